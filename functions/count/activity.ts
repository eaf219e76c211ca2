import { dayMs, dayOf, startOf } from "./tally.ts";
import type { Tally } from "./tally.ts";

/**
 * How long a session was active on each day, until now. A day on which nothing happened has no tally:
 * it is all active or not at all, as the last one ended.
 */
export function activityByDay(tallies: Tally[], now: number): Map<string, number> {
  const days = new Map<string, number>();
  for (const [index, { day, activeMs, activeSince }] of tallies.entries()) {
    const end = startOf(day) + dayMs;
    const open = activeSince === null ? 0 : Math.max(0, Math.min(end, now) - activeSince);
    days.set(day, activeMs + open);
    if (activeSince === null) continue;
    const next = tallies[index + 1]?.day ?? dayOf(now + dayMs);
    for (let start = end; start < startOf(next) && start < now; start += dayMs) {
      days.set(dayOf(start), Math.min(dayMs, now - start));
    }
  }
  return days;
}
