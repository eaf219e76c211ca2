// What is counted of a session's events, day by day. Counting the same events in the same order
// gives the same tallies, whether at once or bit by bit.
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { parseCursor, sortableCursor } from "#shared/cursor.ts";
import { countedAs } from "#shared/counted-as.ts";

/** One session's day. */
export type Tally = {
  /** UTC, like 2026-11-21. */
  day: string;
  /** By `direction.kind.status`. */
  counts: Record<string, number>;
  mediaBytes: { inbound: number; outbound: number };
  /** How long the session was active, as far as that has ended. */
  activeMs: number;
  /** Since when it is active; at the latest the beginning of the day. Null when it is not. */
  activeSince: number | null;
  /** Sortable cursor of the last event that is counted. */
  upTo: string;
};

export const dayMs = 24 * 3_600_000;

/**
 * The tallies after these events, of each day that they touch, oldest first; the one that was begun
 * is the first of them. Days never go back, whatever the clocks of two owners said.
 */
export function tallyEvents(begun: Tally | undefined, events: Iterable<WafleetEvent>): Tally[] {
  const tallies = begun ? [copyOf(begun)] : [];
  for (const event of events) {
    const last = tallies.at(-1);
    const at = Date.parse(event.at);
    const day = laterOf(last?.day, dayOf(at));
    const tally = last?.day === day ? last : nextTally(last, day);
    if (tally !== last) tallies.push(tally);
    count(tally, event, at);
  }
  return tallies;
}

export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`);
}

function count(tally: Tally, event: WafleetEvent, at: number): void {
  tally.upTo = sortableCursor(parseCursor(event.cursor));
  const { name, bytes } = countedAs(event);
  if (name !== undefined) tally.counts[name] = (tally.counts[name] ?? 0) + 1;
  if (bytes) tally.mediaBytes[bytes.direction] += bytes.count;
  if (event.type === "session.status") follow(tally, event.data.status === "active", at);
}

function follow(tally: Tally, isActive: boolean, at: number): void {
  const start = startOf(tally.day);
  const time = Math.min(Math.max(at, start), start + dayMs);
  if (isActive) tally.activeSince ??= time;
  else if (tally.activeSince !== null) {
    tally.activeMs += Math.max(0, time - tally.activeSince);
    tally.activeSince = null;
  }
}

/** A session that was active when its last day ended begins this one active. */
function nextTally(last: Tally | undefined, day: string): Tally {
  const isActive = last !== undefined && last.activeSince !== null;
  return {
    day,
    counts: {},
    mediaBytes: { inbound: 0, outbound: 0 },
    activeMs: 0,
    activeSince: isActive ? startOf(day) : null,
    upTo: "",
  };
}

function laterOf(a: string | undefined, b: string): string {
  return a !== undefined && a > b ? a : b;
}

function copyOf(tally: Tally): Tally {
  return { ...tally, counts: { ...tally.counts }, mediaBytes: { ...tally.mediaBytes } };
}
