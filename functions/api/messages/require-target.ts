import * as messages from "#functions/store/messages.ts";
import { isPublished } from "#shared/address.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { isAction } from "#shared/contracts/message-content.ts";
import type { MessageTarget } from "#shared/contracts/message-content.ts";
import type { MessageDeps } from "./message-deps.ts";

/** The message of this session that another one is about. */
export async function requireTarget(
  deps: MessageDeps,
  sessionId: string,
  messageId: string,
): Promise<MessageItem> {
  const found = await messages.find(deps.messages, sessionId, messageId);
  if (!found) throw new Fault("not_found");
  return found;
}

/** Only what has reached WhatsApp can be answered or changed there. */
export function requireSent(message: MessageItem): MessageItem {
  if (isPublished(message.chat)) {
    const detail = "It was published for many, as a status: write to its author instead.";
    throw new Fault("message_unchangeable", { detail });
  }
  if (isAction(message.content)) {
    const detail = `It is a ${message.content.type}, which changes another message: name that one.`;
    throw new Fault("message_unchangeable", { detail });
  }
  if (message.rank >= statusRank.sent && message.deletedAt === undefined) return message;
  const detail = message.deletedAt
    ? "The message was deleted."
    : `The message is ${message.status}: WhatsApp does not have it.`;
  throw new Fault("message_unchangeable", { detail });
}

/** How WhatsApp is told which message it is. */
export function toTarget({ messageId, whatsappId, direction, from }: MessageItem): MessageTarget {
  return { messageId, whatsappId, sender: direction === "outbound" ? "" : (from?.id ?? "") };
}
