import * as eventLog from "#functions/store/event-log.ts";
import type { Table } from "#functions/store/items.ts";
import * as tallies from "#functions/store/tallies.ts";
import type { Owner } from "#functions/store/tallies.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { tallyEvents } from "./tally.ts";
import type { Tally } from "./tally.ts";
import { fromSortable } from "#shared/cursor.ts";

/** More are left to the next time, so that a Lambda's time is enough. */
const mostEvents = 2_000;

/**
 * Counts what the log holds beyond a session's last tally. Each day's tally says how far it has
 * counted, and is written if nobody has counted further: whatever is delivered twice, or breaks off
 * between two of these writes, counts once. Gives whether that is all there was.
 */
export async function foldSession(messages: Table, owner: Owner): Promise<boolean> {
  const begun = await tallies.newest(messages, owner);
  const after = await readAfter(messages, owner, begun, mostEvents);
  if (after.length === 0) return true;
  for (const tally of tallyEvents(begun, after)) {
    const isBegun = tally.day === begun?.day;
    if (isBegun && tally.upTo === begun.upTo) continue;
    if (!(await tallies.put(messages, owner, tally, isBegun ? begun.upTo : undefined)))
      return false;
  }
  return after.length < mostEvents;
}

/** What is not in the tallies yet. */
export async function readAfter(
  messages: Table,
  { sessionId }: Owner,
  begun: Tally | undefined,
  limit = Infinity,
): Promise<WafleetEvent[]> {
  const events: WafleetEvent[] = [];
  const after = begun && fromSortable(begun.upTo);
  for await (const event of eventLog.after(messages, sessionId, after)) {
    events.push(event);
    if (events.length === limit) break;
  }
  return events;
}
