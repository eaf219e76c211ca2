import { badCursor, encodePageCursor, parsePageCursor } from "#functions/api/page-cursor.ts";
import type { ListMessagesQuery } from "#shared/contracts/message-query.ts";
import { firstIdAt, timeOfId } from "#shared/ids.ts";
import { chatKeyOf, messagePrefix } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import * as contacts from "./contacts.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";
import { newestFirst, placeOf, secondOf, timeOfPlace } from "./message-order.ts";

/** What one request looks at, at the most: about 250 read units, then it is for the next page. */
const lookedAtMost = 1_000;

type Page = { page: MessageItem[]; nextCursor: string | null };

/**
 * One page of a session's messages, newest first. A second of messages is shown when all of it is read:
 * they are stored in any order inside it.
 */
export async function list(
  messages: Table,
  sessionId: string,
  query: ListMessagesQuery,
): Promise<Page> {
  const { limit, status, direction } = query;
  const partitions = await partitionsOf(messages, sessionId, query.chat);
  const [partition = sessionId] = partitions;
  const start = startOf(query.cursor, partition);
  const found: MessageItem[] = [];
  let looked = 0;
  let last = start;
  let after = start === undefined ? undefined : endOfSecond(timeOfPlace(start));
  /** Of the oldest second that was read, which may go on. */
  let held: MessageItem[] = [];
  for (;;) {
    // Where few fit, each part is as large as all before it: few requests, at most twice the reading.
    const wanted = Math.max(limit - found.length + 1, looked);
    const size = Math.min(wanted, Math.max(lookedAtMost - looked, limit));
    const part = await readPart(messages, { sessionId, partitions, after, size, query });
    after = part.last ?? after;
    looked += part.items.length;
    const all = [...held, ...part.items];
    const isWhole = ({ sk }: MessageItem) => part.isLast || second(sk) > second(after ?? sk);
    held = all.filter((message) => !isWhole(message));
    for (const message of all.filter(isWhole).toSorted(newestFirst)) {
      const place = placeOf(message);
      if (start !== undefined && place >= start) continue;
      const fits =
        (status === undefined || message.status === status) &&
        (direction === undefined || message.direction === direction);
      if (fits && found.length === limit) {
        return {
          page: found,
          nextCursor: last === undefined ? null : encodePageCursor(partition, last),
        };
      }
      if (fits) found.push(message);
      last = place;
    }
    if (part.isLast) return { page: found, nextCursor: null };
    if (looked >= lookedAtMost && last !== undefined && last !== start) {
      return { page: found, nextCursor: encodePageCursor(partition, last) };
    }
  }
}

/** The place of the last message that was shown. */
function startOf(cursor: string | undefined, partition: string): string | undefined {
  if (cursor === undefined) return undefined;
  const place = parsePageCursor(cursor, partition, messagePrefix);
  if (Number.isNaN(timeOfPlace(place))) throw badCursor();
  return place;
}

/** Behind all sort keys of a time's second. */
function endOfSecond(time: number): string {
  return messagePrefix + firstIdAt("message", secondOf(time) + 1_000);
}

function second(sk: string): number {
  return secondOf(timeOfId(sk));
}

/**
 * A message is kept under the address that it was sent to, or under the phone where WhatsApp told it; who
 * names one of a person's addresses means all that is said with that person.
 */
async function partitionsOf(
  messages: Table,
  sessionId: string,
  chat: string | undefined,
): Promise<string[]> {
  if (chat === undefined) return [sessionId];
  const addresses = await contacts.findAddresses(messages, sessionId, chat);
  return addresses.map((address) => chatKeyOf(sessionId, address));
}

type Reading = {
  sessionId: string;
  partitions: string[];
  after: string | undefined;
  size: number;
  query: Pick<ListMessagesQuery, "from" | "to" | "chat">;
};

type Part = { items: MessageItem[]; last: string | undefined; isLast: boolean };

/** The next messages of a session or a chat, newest first, and whether there are no more. */
async function readPart(messages: Table, reading: Reading): Promise<Part> {
  const { sessionId, partitions, size, query } = reading;
  const parts = await Promise.all(partitions.map((one) => readKeys(messages, reading, one)));
  const read = parts
    .flatMap(({ found }) => found)
    .toSorted((a, b) => (a.sk < b.sk ? 1 : -1))
    .slice(0, size);
  const total = parts.reduce((sum, { found }) => sum + found.length, 0);
  const isLast = total <= size && parts.every((part) => part.isLast);
  const last = read.at(-1)?.sk;
  if (query.chat === undefined) return { items: read as MessageItem[], last, isLast };
  // The index holds keys alone.
  const keys = read.map(({ sk }) => ({ pk: sessionId, sk }));
  const whole = await items.findMany<MessageItem>(messages, keys);
  return { items: whole, last, isLast };
}

async function readKeys(
  messages: Table,
  { after, size, query: { from, to, chat } }: Reading,
  partition: string,
): Promise<{ found: ItemKey[]; isLast: boolean }> {
  const first = from === undefined ? messagePrefix : prefixAt(from);
  const end = to === undefined ? `${messagePrefix}~` : prefixAt(to);
  const key = chat === undefined ? "pk" : "chatKey";
  const upTo = after !== undefined && after < end ? after : end;
  const found: ItemKey[] = [];
  const query = items.query<MessageItem>(messages, {
    KeyConditionExpression: "#partition = :partition AND sk BETWEEN :first AND :end",
    ExpressionAttributeNames: { "#partition": key },
    ExpressionAttributeValues: { ":partition": partition, ":first": first, ":end": upTo },
    ScanIndexForward: false,
    Limit: size + 1,
    ...(chat !== undefined && { IndexName: "chat", ConsistentRead: false }),
  });
  let isLast = true;
  for await (const item of query) {
    if (item.sk === upTo) continue;
    if (found.length === size) {
      isLast = false;
      break;
    }
    found.push(item);
  }
  return { found, isLast };
}

/** The newest messages of a chat, and whether there are more. */
export async function newestOf(
  messages: Table,
  sessionId: string,
  chat: string,
  size: number,
): Promise<{ found: MessageItem[]; more: boolean }> {
  const partitions = await partitionsOf(messages, sessionId, chat);
  const reading = { sessionId, partitions, after: undefined, size, query: { chat } };
  const part = await readPart(messages, reading);
  return { found: part.items, more: !part.isLast };
}

function prefixAt(time: string): string {
  return messagePrefix + firstIdAt("message", Date.parse(time));
}
