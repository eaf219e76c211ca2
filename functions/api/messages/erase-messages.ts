import { implement } from "#functions/middleware/implement.ts";
import * as contacts from "#functions/store/contacts.ts";
import * as erasures from "#functions/store/erasures.ts";
import * as items from "#functions/store/items.ts";
import type { Table } from "#functions/store/items.ts";
import * as messageHistory from "#functions/store/message-history.ts";
import * as messages from "#functions/store/messages.ts";
import * as sessions from "#functions/store/sessions.ts";
import { keptAddress, requireAddress } from "#shared/address.ts";
import type { eraseBody } from "#shared/contracts/erasure.ts";
import { fileFacts, hasFile } from "#shared/contracts/message-content.ts";
import { Fault } from "#shared/faults/fault.ts";
import { messagePrefix, recipientPrefix } from "#shared/items/message-item.ts";
import type { MessageItem, RecipientItem } from "#shared/items/message-item.ts";
import { erasureRoutes } from "#shared/routes/erasures.ts";
import pMap from "p-map";
import type { z } from "zod";
import type { MessageDeps } from "./message-deps.ts";

/** Messages that one request erases, at the most. */
const erasedAtMost = 500;

const concurrency = 16;

/**
 * A write unit a message, and what its events cost: see there. What is on its way to somebody goes on
 * its way.
 */
export const eraseMessages = implement(
  erasureRoutes.eraseMessages,
  async ({ caller, params, body }, deps: MessageDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    const { found, more } = await findErased(deps, session.sessionId, body);
    const ids = found.map(({ messageId }) => messageId);
    // Before they are gone: what is asked for again finds those that are left.
    if (ids.length > 0) await erasures.beginOfMessages(deps.messages, session, ids);
    await pMap(found, (message) => eraseMessage(deps, message), { concurrency });
    return { status: 200, body: { erased: found.length, more } };
  },
);

/** With its file, if it came in: one that was uploaded may be another message's as well. */
async function eraseMessage({ messages: table, media }: MessageDeps, message: MessageItem) {
  const { pk, sk, accountId, direction, content } = message;
  const mediaId = hasFile(content) ? fileFacts(content).mediaId : undefined;
  if (direction === "inbound" && mediaId !== undefined) await media.remove(accountId, mediaId);
  if (message.recipientCount !== undefined) await eraseRecipients(table, pk, message.messageId);
  await items.remove(table, { pk, sk });
}

async function eraseRecipients(table: Table, pk: string, messageId: string): Promise<void> {
  const members = items.query<RecipientItem>(table, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": pk, ":prefix": recipientPrefix(messageId) },
  });
  for await (const { sk } of members) await items.remove(table, { pk, sk });
}

type Erased = { found: MessageItem[]; more: boolean };

async function findErased(
  deps: MessageDeps,
  sessionId: string,
  { messageId, chat, contact }: z.infer<typeof eraseBody>,
): Promise<Erased> {
  if (messageId !== undefined) {
    const message = await messages.find(deps.messages, sessionId, messageId);
    if (!message) throw new Fault("not_found");
    return { found: [message], more: false };
  }
  const ofChat = await findOfChat(deps, sessionId, chat ?? contact ?? "");
  if (ofChat.more || contact === undefined) return ofChat;
  const address = requireAddress(contact).jid;
  await contacts.forget(deps.messages, sessionId, address);
  const { found, more } = await findByAuthor(deps, sessionId, address);
  const both = [...ofChat.found, ...found].map((message) => [message.sk, message] as const);
  return { found: [...new Map(both).values()], more };
}

async function findOfChat(
  { messages: table }: MessageDeps,
  sessionId: string,
  chat: string,
): Promise<Erased> {
  const partition = await messageHistory.partitionOf(table, sessionId, chat);
  const reading = { sessionId, partition, after: undefined, size: erasedAtMost, query: { chat } };
  const { items: found, isLast } = await messageHistory.readPart(table, reading);
  return { found, more: !isLast };
}

/** Nothing leads from a person to what they wrote in groups: the session's messages are looked at. */
async function findByAuthor(
  { messages: table }: MessageDeps,
  sessionId: string,
  address: string,
): Promise<Erased> {
  const found: MessageItem[] = [];
  const all = items.query<MessageItem>(table, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": sessionId, ":prefix": messagePrefix },
    ScanIndexForward: false,
  });
  for await (const message of all) {
    const { from } = message;
    if (from && (keptAddress(from) === address || from.lid === address)) found.push(message);
    if (found.length >= erasedAtMost) return { found, more: true };
  }
  return { found, more: false };
}
