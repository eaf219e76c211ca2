// Where a log ends, and whether it still reaches back to where a reader stands.
import { compareCursors, formatCursor, parseCursor, sortableCursor } from "#shared/cursor.ts";
import type { Cursor } from "#shared/cursor.ts";
import { idPrefixes } from "#shared/ids.ts";
import { eventLogPrefix } from "#shared/items/message-item.ts";
import type { EventLogItem } from "#shared/items/message-item.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";

/** Before the first event of any source. */
export const logStart = "0.0";

type Edge = Pick<EventLogItem, "pk" | "sk" | "upTo" | "previous">;

/** The cursor of a source's newest event. */
export async function head(messages: Table, source: string): Promise<string> {
  const newest = await find(messages, source, { newestBefore: "~" });
  if (newest) return fromSortable(newest.upTo);
  // Time numbers an account's events, so that now is a place in its log.
  return isAccount(source) ? `${Math.floor(messages.now() / 1000)}.0` : logStart;
}

/** The sortable cursor of the last event before this place, as far as that is still kept. */
export async function previous(
  messages: Table,
  source: string,
  first: Cursor,
): Promise<string | undefined> {
  return (await find(messages, source, { newestBefore: sortableCursor(first) }))?.upTo;
}

export type Recovery = { recovered: boolean; oldest: string | null };

/** Whether everything after a reader's cursor is still in the log. */
export async function recovery(
  messages: Table,
  { source, after, retentionMs }: { source: string; after: string; retentionMs: number },
): Promise<Recovery> {
  const reader = parseCursor(after);
  const oldest = await find(messages, source, "oldest");
  const first = oldest && parseCursor(fromSortable(oldest.sk.slice(eventLogPrefix.length)));
  const reaches = first !== undefined && compareCursors(first, reader) <= 0;
  return {
    recovered:
      reaches ||
      (isAccount(source)
        ? reader.epoch * 1000 >= messages.now() - retentionMs
        : first === undefined || isNext(reader, first, oldest?.previous)),
    oldest: first ? formatCursor(first) : null,
  };
}

/** Whether nothing can have been between a reader and the first event that is kept. */
function isNext(reader: Cursor, first: Cursor, before: string | undefined): boolean {
  if (before !== undefined) return sortableCursor(reader) >= before;
  return reader.epoch === first.epoch && reader.seq >= first.seq - 1;
}

async function find(
  messages: Table,
  source: string,
  which: "oldest" | { newestBefore: string },
): Promise<Edge | undefined> {
  const end = which === "oldest" ? "~" : which.newestBefore;
  const found = items.query<Edge>(messages, {
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :start AND :end",
    ProjectionExpression: "pk, sk, upTo, previous, expiresAt",
    ExpressionAttributeValues: {
      ":pk": source,
      ":start": eventLogPrefix,
      ":end": eventLogPrefix + end,
    },
    ScanIndexForward: which === "oldest",
    // What has expired and is not removed yet is passed over, several items a request.
    Limit: which === "oldest" ? 50 : 2,
  });
  for await (const item of found) if (item.sk !== eventLogPrefix + end) return item;
  return undefined;
}

function fromSortable(place: string): string {
  const [epoch, seq] = place.split(".");
  return formatCursor({ epoch: Number(epoch), seq: Number(seq) });
}

function isAccount(source: string): boolean {
  return source.startsWith(`${idPrefixes.account}_`);
}
