import type { messageSchema } from "#shared/contracts/message.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { z } from "zod";

/** A message as callers see it. */
export function toMessage(item: MessageItem): z.infer<typeof messageSchema> {
  const { whatsappId, direction, chat, content, status, createdAt } = item;
  return {
    id: item.messageId,
    sessionId: item.pk,
    whatsappId,
    direction,
    chat,
    from: item.from ?? null,
    by: item.by ?? null,
    content,
    status,
    reason: item.reason ?? null,
    detail: item.detail ?? null,
    createdAt,
    sentAt: item.sentAt ?? null,
    deliveredAt: item.deliveredAt ?? null,
    readAt: item.readAt ?? null,
  };
}
