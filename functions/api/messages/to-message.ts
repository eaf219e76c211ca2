import type { messageSchema } from "#shared/contracts/message.ts";
import { hasFile, withFile } from "#shared/contracts/message-content.ts";
import type { ReceivedContent } from "#shared/contracts/message-content.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { z } from "zod";

type Message = z.infer<typeof messageSchema>;

/** A message as callers see it. */
export function toMessage(item: MessageItem): Message {
  const { whatsappId, direction, chat, content, status, createdAt } = item;
  return {
    id: item.messageId,
    sessionId: item.pk,
    whatsappId,
    direction,
    chat,
    from: item.from ?? null,
    by: item.by ?? null,
    content: item.edit ? edited(content, item.edit.body) : content,
    status,
    reason: item.reason ?? null,
    detail: item.detail ?? null,
    createdAt,
    sendAt: item.sendAt === undefined ? null : new Date(item.sendAt).toISOString(),
    sentAt: item.sentAt ?? null,
    deliveredAt: item.deliveredAt ?? null,
    readAt: item.readAt ?? null,
    playedAt: item.playedAt ?? null,
    editedAt: item.edit?.at ?? null,
    deletedAt: item.deletedAt ?? null,
    recipients: recipientsOf(item),
    reactions: reactionsOf(item),
    votes: ofEach<Message["votes"][number]>(item, "vote "),
  };
}

function edited(content: ReceivedContent, body: string): ReceivedContent {
  if (content.type === "text") return { ...content, text: { ...content.text, body } };
  return hasFile(content) ? withFile(content, { caption: body }) : content;
}

function reactionsOf(item: MessageItem): Message["reactions"] {
  type Reaction = { from: Message["reactions"][number]["from"]; emoji: string | null; at: string };
  return ofEach<Reaction>(item, "reaction ").flatMap(({ emoji, ...reaction }) =>
    emoji === null ? [] : [{ ...reaction, emoji }],
  );
}

function recipientsOf(item: MessageItem): Message["recipients"] {
  const { recipientCount: total, deliveredTo = 0, readBy = 0, playedBy = 0 } = item;
  if (total === undefined) return null;
  return { total, delivered: deliveredTo, read: readBy, played: playedBy };
}

/** What each person's attribute of this kind says. */
function ofEach<Value>(item: MessageItem, prefix: string): Value[] {
  return Object.entries(item).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [value as Value] : [],
  );
}
