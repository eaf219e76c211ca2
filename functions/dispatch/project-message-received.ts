import { expiryAt } from "#functions/store/expiry.ts";
import { arrivalOf } from "#functions/store/message-order.ts";
import * as messages from "#functions/store/messages.ts";
import { keptAddress } from "#shared/address.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import { chatKeyOf, messageKey } from "#shared/items/message-item.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";

const dayMs = 24 * 3_600_000;

/** What comes in has been delivered, to us; what the account's own phone sent has been sent. */
export async function projectMessageReceived(
  deps: DispatchDeps,
  { sessionId, accountId, at, cursor, data }: EventOf<"message.received">,
): Promise<void> {
  const { messageId, whatsappId, chat, from, fromMe, content, sentAt } = data;
  const status = fromMe ? "sent" : "delivered";
  await messages.create(deps.messages, {
    ...messageKey(sessionId, messageId),
    accountId,
    messageId,
    whatsappId,
    direction: fromMe ? "outbound" : "inbound",
    chat: chat.id,
    chatKey: chatKeyOf(sessionId, keptAddress(chat)),
    ...(fromMe ? {} : { from, deliveredAt: at }),
    content,
    status,
    rank: statusRank[status],
    arrival: arrivalOf({ at, cursor }),
    createdAt: sentAt,
    sentAt,
    expiresAt: expiryAt(Date.parse(at) + (await deps.retentionOf(accountId, sessionId)) * dayMs),
  });
  await deps.noteChat({ sessionId, accountId }, chat);
}
