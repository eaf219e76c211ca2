import { dayMs, dayOf, startOf } from "#functions/count/tally.ts";
import { Fault } from "#shared/faults/fault.ts";

const usualDays = 30;

/**
 * The days that are asked for, both included.
 * @throws {Fault} when they are none, or more than `mostDays`
 */
export function toPeriod(
  query: { from?: string | undefined; to?: string | undefined },
  now: number,
  mostDays = Infinity,
): { from: string; to: string } {
  const to = query.to ?? dayOf(now);
  const from = query.from ?? dayOf(startOf(to) - usualDays * dayMs);
  if (from > to) throw badFrom("must not be after `to`");
  if (startOf(to) - startOf(from) < mostDays * dayMs) return { from, to };
  throw badFrom(`must leave at most ${mostDays} days, with \`to\`: ask for longer times in parts`);
}

function badFrom(message: string): Fault {
  return new Fault("validation_failed", { fields: [{ path: "from", message }] });
}
