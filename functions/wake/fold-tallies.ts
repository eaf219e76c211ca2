import { foldSession } from "#functions/count/fold-session.ts";
import { dayMs, dayOf } from "#functions/count/tally.ts";
import type { Table } from "#functions/store/items.ts";
import * as tallies from "#functions/store/tallies.ts";
import pMap from "p-map";

/** Days that are looked at: a call that fails is made up for by those that follow. */
const daysBack = 4;
/** A dispatch that began before midnight has ended by then. */
const graceMs = 15 * 60_000;
const concurrency = 8;
/** What is left then is done at the next call. */
const runMs = 30_000;

/** Counts what sessions of the past days have left uncounted. */
export async function foldTallies({ messages }: { messages: Table }): Promise<void> {
  const now = messages.now();
  const isOver = () => messages.now() - now > runMs;
  const today = dayOf(now - graceMs);
  for (let back = daysBack; back > 0; back -= 1) {
    const day = dayOf(now - graceMs - back * dayMs);
    if (day >= today) continue;
    await pMap(
      tallies.due(messages, day),
      async (item) => {
        while (!isOver()) {
          if (!(await foldSession(messages, item))) continue;
          await tallies.settleDue(messages, item);
          return;
        }
      },
      { concurrency },
    );
  }
}
