import pMap from "p-map";
import { keptAddress } from "#shared/address.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import { chatKeyOf, messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { foreignMessageId, messageIdOf } from "#shared/message-id.ts";
import type { PastMessage } from "../whatsapp/past-message.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";

const concurrency = 8;

/**
 * Puts messages from before the linking beside the others; what is there already stays. They are no
 * news: no event tells of them. A write each. What a crash interrupts is not told again by the phone.
 */
export async function keepHistory(
  { messages, now, retentionMs, log }: SessionDeps,
  ids: SessionIds,
  past: PastMessage[],
): Promise<void> {
  const expiresAt = Math.floor((now() + retentionMs) / 1_000);
  try {
    await pMap(past, (message) => messages.keep(toItem(ids, message, expiresAt)), { concurrency });
    log.info({ ...ids, messages: past.length }, "history was kept");
  } catch (err) {
    log.error({ ...ids, err }, "history could not be kept");
  }
}

function toItem(
  { sessionId, accountId }: SessionIds,
  { whatsappId, chat, from, sentAt, content }: PastMessage,
  expiresAt: number,
): MessageItem {
  const sender = from?.id ?? sessionId;
  const identity = { chat: chat.id, sender, whatsappId, timestamp: sentAt };
  const messageId = messageIdOf(sessionId, whatsappId) ?? foreignMessageId(sessionId, identity);
  const status = from ? "delivered" : "sent";
  const at = new Date(sentAt).toISOString();
  return {
    ...messageKey(sessionId, messageId),
    accountId,
    messageId,
    whatsappId,
    direction: from ? "inbound" : "outbound",
    chat: chat.id,
    chatKey: chatKeyOf(sessionId, keptAddress(chat)),
    ...(from && { from, deliveredAt: at }),
    content,
    status,
    rank: statusRank[status],
    createdAt: at,
    sentAt: at,
    expiresAt,
  };
}
