import { createHash } from "node:crypto";
import type { Attempt } from "#functions/middleware/implement.ts";
import { expiryAt } from "#functions/store/expiry.ts";
import * as messages from "#functions/store/messages.ts";
import { inQueueUntil } from "#functions/store/offline-messages.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import type { CallerName } from "#shared/contracts/caller.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import { chatKeyOf, messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { mintMessageIds } from "#shared/message-id.ts";
import type { MessageDeps } from "./message-deps.ts";
import { dayMs } from "./send-times.ts";

/** Two messages of one session in one millisecond share an id once in 17 million times. */
const mintings = 5;

type NewMessage = {
  session: SessionItem;
  by: CallerName;
  to: string;
  content: MessageContent;
  attempt: Attempt;
  requestId: string;
  /** For its session, which cannot send now. */
  waits: boolean;
  /** Milliseconds since 1970; undefined for at once. */
  sendAt: number | undefined;
  /** Milliseconds since 1970; undefined for ever. */
  sendBefore: number | undefined;
  /** Seconds. */
  typeFor: number | undefined;
};

/** Stores the message under fresh ids; a repeated request finds what its first try stored. */
export async function createMessage(deps: MessageDeps, message: NewMessage): Promise<MessageItem> {
  const { session, attempt } = message;
  for (let minting = 0; minting < mintings; minting += 1) {
    const nonce = nonceOf(attempt.seed, minting);
    const ids = mintMessageIds(session.sessionId, attempt.startedAt, nonce);
    const item = toItem(deps, message, ids);
    if (await messages.create(deps.messages, item)) return item;
    const found = attempt.repeatable
      ? await messages.find(deps.messages, session.sessionId, ids.messageId)
      : undefined;
    if (found?.madeBy === attempt.seed) return found;
  }
  throw new Error(`no free message id after ${mintings} mintings`);
}

/** What an earlier try of the same request has stored. */
export async function findMade(
  { messages: table }: MessageDeps,
  sessionId: string,
  { seed, startedAt }: Attempt,
): Promise<MessageItem | undefined> {
  for (let minting = 0; minting < mintings; minting += 1) {
    const { messageId } = mintMessageIds(sessionId, startedAt, nonceOf(seed, minting));
    const found = await messages.find(table, sessionId, messageId);
    if (!found || found.madeBy === seed) return found;
  }
  return undefined;
}

function toItem(
  deps: MessageDeps,
  { session, by, to, content, attempt, requestId, waits, sendAt, sendBefore, typeFor }: NewMessage,
  ids: { messageId: string; whatsappId: string },
): MessageItem {
  const { sessionId, accountId, shard } = session;
  const later = sendAt !== undefined && { sendAt, shard, dueIn: "due" as const, dueAt: sendAt };
  return {
    ...messageKey(sessionId, ids.messageId),
    ...ids,
    accountId,
    direction: "outbound",
    chat: to,
    chatKey: chatKeyOf(sessionId, to),
    content,
    status: "queued",
    rank: statusRank.queued,
    createdAt: new Date(attempt.startedAt).toISOString(),
    requestId,
    by,
    ...(attempt.repeatable && { madeBy: attempt.seed }),
    ...(waits && inQueueUntil(attempt.startedAt)),
    ...later,
    ...(sendBefore !== undefined && { sendBefore }),
    ...(typeFor !== undefined && { typeFor }),
    expiresAt: expiryAt(
      (sendAt ?? attempt.startedAt) + sessions.retentionDays(session, deps.retentionDays) * dayMs,
    ),
  };
}

function nonceOf(seed: string, minting: number): number {
  return createHash("sha256").update(`${seed}\n${minting}`).digest().readUIntBE(0, 3);
}
