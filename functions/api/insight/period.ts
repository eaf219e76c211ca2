import { dayMs, dayOf, startOf } from "#functions/count/tally.ts";
import { Fault } from "#shared/faults/fault.ts";

const usualDays = 30;

/** The days that are asked for, both included. */
export function toPeriod(
  query: { from?: string | undefined; to?: string | undefined },
  now: number,
): { from: string; to: string } {
  const to = query.to ?? dayOf(now);
  const from = query.from ?? dayOf(startOf(to) - usualDays * dayMs);
  if (from <= to) return { from, to };
  throw new Fault("validation_failed", {
    fields: [{ path: "from", message: "must not be after `to`" }],
  });
}
