import type { CommandOnce } from "#functions/send-commands.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import type { MessageItem } from "#shared/items/message-item.ts";

export function toScheduledCommand(item: MessageItem): CommandOnce {
  const { pk: sessionId, accountId, messageId, whatsappId, chat: to, sendBefore, sendAt } = item;
  return {
    once: messageId,
    command: {
      type: "message.send.v1",
      sessionId,
      accountId,
      requestId: item.requestId ?? "",
      messageId,
      whatsappId,
      to,
      content: item.content as MessageContent,
      acceptedAt: Date.parse(item.createdAt),
      ...(sendBefore !== undefined && { expiresAt: sendBefore }),
      ...(item.typeFor !== undefined && { typeFor: item.typeFor }),
      ...(sendAt !== undefined && { sendAt }),
    },
  };
}
