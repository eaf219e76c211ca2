// Where a log ends, and whether it still reaches back to where a reader stands.
import {
  compareCursors,
  formatCursor,
  fromSortable,
  parseCursor,
  sortableCursor,
} from "#shared/cursor.ts";
import type { Cursor } from "#shared/cursor.ts";
import type { Positions } from "#shared/contracts/socket.ts";
import { idPrefixes } from "#shared/ids.ts";
import { eventLogPrefix } from "#shared/items/message-item.ts";
import type { EventLogItem } from "#shared/items/message-item.ts";
import pMap from "p-map";
import * as items from "./items.ts";
import type { Table } from "./items.ts";
import * as tallies from "./tallies.ts";
import type { Owner } from "./tallies.ts";

/** Before the first event of any source. */
export const logStart = "0.0";

type Edge = Pick<EventLogItem, "pk" | "sk" | "upTo" | "previous">;

/** The cursor of a source's newest event. */
async function head(messages: Table, source: string): Promise<string> {
  const newest = await find(messages, source, { newestBefore: "~" });
  if (newest) return fromSortable(newest.upTo);
  // Time numbers an account's events, so that now is a place in its log.
  return isAccount(source) ? `${Math.floor(messages.now() / 1000)}.0` : logStart;
}

/** The sortable cursor of the last event before this place; what is not kept was counted. */
export async function previous(
  messages: Table,
  owner: Owner,
  first: Cursor,
): Promise<string | undefined> {
  const before = { newestBefore: sortableCursor(first) };
  const found = await find(messages, owner.sessionId, before);
  return (found ?? (await tallies.newest(messages, owner)))?.upTo;
}

type Reader = { source: string; after: string; accountId: string; retentionMs: number };

export type Recovery = { recovered: boolean; oldest: string | null };

/** Whether everything after a reader's cursor is still in the log. */
export async function recovery(
  messages: Table,
  { source, after, accountId, retentionMs }: Reader,
): Promise<Recovery> {
  const reader = parseCursor(after);
  const oldest = await find(messages, source, "oldest");
  const first = oldest && parseCursor(fromSortable(oldest.sk.slice(eventLogPrefix.length)));
  const answer = (recovered: boolean) => ({
    recovered,
    oldest: first ? formatCursor(first) : null,
  });
  if (first && compareCursors(first, reader) <= 0) return answer(true);
  if (isAccount(source)) return answer(reader.epoch * 1000 >= messages.now() - retentionMs);
  if (first) return answer(isNext(reader, first, oldest?.previous));
  // All has expired, and was counted before that.
  const counted = await tallies.newest(messages, { accountId, sessionId: source });
  return answer(!counted || sortableCursor(reader) >= counted.upTo);
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

function isAccount(source: string): boolean {
  return source.startsWith(`${idPrefixes.account}_`);
}

const headsAtOnce = 16;

/** The newest cursor of each source; a read unit or so for each. */
export async function heads(messages: Table, sources: string[]): Promise<Positions> {
  const found = await pMap(
    sources,
    async (source) => [source, await head(messages, source)] as const,
    { concurrency: headsAtOnce },
  );
  return Object.fromEntries(found);
}
