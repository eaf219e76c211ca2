import { encodePageCursor, parsePageCursor } from "#functions/api/page-cursor.ts";
import { requireAddress } from "#shared/address.ts";
import type { ListMessagesQuery } from "#shared/contracts/message-query.ts";
import { firstIdAt } from "#shared/ids.ts";
import { contactKey } from "#shared/items/contact-item.ts";
import type { ContactItem } from "#shared/items/contact-item.ts";
import { chatKeyOf, messagePrefix } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

/** What one request looks at, at the most: about 250 read units, then it is for the next page. */
const lookedAtMost = 1_000;

type Page = { page: MessageItem[]; nextCursor: string | null };

/** One page of a session's messages, newest first. */
export async function list(
  messages: Table,
  sessionId: string,
  query: ListMessagesQuery,
): Promise<Page> {
  const { limit, status, direction, cursor } = query;
  const partition = await partitionOf(messages, sessionId, query.chat);
  const found: MessageItem[] = [];
  let looked = 0;
  let last = cursor === undefined ? undefined : parsePageCursor(cursor, partition, messagePrefix);
  for (;;) {
    // Where few fit, each part is as large as all before it: few requests, at most twice the reading.
    const wanted = Math.max(limit - found.length + 1, looked);
    const size = Math.min(wanted, lookedAtMost - looked);
    const part = await readPart(messages, { sessionId, partition, after: last, size, query });
    for (const message of part.items) {
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
      last = message.sk;
      looked += 1;
    }
    if (part.isLast) return { page: found, nextCursor: null };
    last = part.last ?? last;
    if (looked >= lookedAtMost && last !== undefined) {
      return { page: found, nextCursor: encodePageCursor(partition, last) };
    }
  }
}

/** A chat is kept under one address; who knows the other one means the same chat. */
export async function partitionOf(
  messages: Table,
  sessionId: string,
  chat: string | undefined,
): Promise<string> {
  if (chat === undefined) return sessionId;
  const { jid, kind } = requireAddress(chat);
  if (kind !== "lid") return chatKeyOf(sessionId, jid);
  const known = await items.find<ContactItem>(messages, contactKey(sessionId, jid));
  const phone = known?.phone;
  return chatKeyOf(sessionId, phone === undefined ? jid : `${phone.slice(1)}@s.whatsapp.net`);
}

type Reading = {
  sessionId: string;
  partition: string;
  after: string | undefined;
  size: number;
  query: Pick<ListMessagesQuery, "from" | "to" | "chat">;
};

/** The next messages of a session or a chat, newest first, and whether there are no more. */
export async function readPart(
  messages: Table,
  { sessionId, partition, after, size, query: { from, to, chat } }: Reading,
): Promise<{ items: MessageItem[]; last: string | undefined; isLast: boolean }> {
  const first = from === undefined ? messagePrefix : prefixAt(from);
  const end = to === undefined ? `${messagePrefix}~` : prefixAt(to);
  const key = chat === undefined ? "pk" : "chatKey";
  const upTo = after !== undefined && after < end ? after : end;
  const read: ItemKey[] = [];
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
    if (read.length === size) {
      isLast = false;
      break;
    }
    read.push(item);
  }
  const last = read.at(-1)?.sk;
  if (chat === undefined) return { items: read as MessageItem[], last, isLast };
  // The index holds keys alone.
  const keys = read.map(({ sk }) => ({ pk: sessionId, sk }));
  const whole = await items.findMany<MessageItem>(messages, keys);
  return { items: whole.toSorted((a, b) => (a.sk < b.sk ? 1 : -1)), last, isLast };
}

function prefixAt(time: string): string {
  return messagePrefix + firstIdAt("message", Date.parse(time));
}
