import type { CommandOf } from "#shared/contracts/command.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { MessageItem } from "#shared/items/message-item.ts";

/** The command that has a stored message sent. */
export function toSendCommand(item: MessageItem): CommandOf<"message.send.v1"> {
  const { pk: sessionId, accountId, messageId, whatsappId, chat: to } = item;
  const { sendAt, sendBefore, typeFor, batchId, requestId = "" } = item;
  return {
    type: "message.send.v1",
    sessionId,
    accountId,
    requestId,
    messageId,
    whatsappId,
    to,
    content: item.content as MessageContent,
    acceptedAt: Date.parse(item.createdAt),
    ...(sendBefore !== undefined && { expiresAt: sendBefore }),
    ...(typeFor !== undefined && { typeFor }),
    ...(sendAt !== undefined && { sendAt }),
    ...(batchId !== undefined && { batchId }),
  };
}
