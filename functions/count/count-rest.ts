import type { Table } from "#functions/store/items.ts";
import type { Owner } from "#functions/store/tallies.ts";
import { readAfter } from "./fold-session.ts";
import { dayMs, dayOf, tallyEvents } from "./tally.ts";
import type { Tally } from "./tally.ts";

/** By then, whatever a session has left uncounted is counted. */
const settledAfterDays = 5;

/** A session's newest tally and those after it, with what is not counted yet. */
export async function countRest(
  messages: Table,
  owner: Owner,
  { begun, isGone }: { begun: Tally | undefined; isGone: boolean },
): Promise<Tally[]> {
  const since = dayOf(messages.now() - settledAfterDays * dayMs);
  // Of a session that is gone nothing more comes.
  if (isGone && begun && begun.day < since) return [begun];
  return tallyEvents(begun, await readAfter(messages, owner, begun));
}
