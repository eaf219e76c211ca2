import type { MessageItem } from "#shared/items/message-item.ts";
import type { MessageStore } from "./message-store.ts";
import type { OutboxMessage } from "./outbox-message.ts";

/** A session's messages that are stored as waiting, in the order of acceptance. */
export async function* listWaiting(
  messages: Pick<MessageStore, "listParked" | "listParkedFrom">,
  sessionId: string,
  from: string | undefined,
): AsyncGenerator<OutboxMessage> {
  const found =
    from === undefined ? messages.listParked(sessionId) : messages.listParkedFrom(sessionId, from);
  for await (const item of found) {
    const message = toOutboxMessage(item);
    // The index is late: what a former owner told in its last moment waits there still.
    if (message) yield from === undefined ? { ...message, isAgain: true } : message;
  }
}

/** Undefined when it is none of ours to send. */
export function toOutboxMessage(item: MessageItem): OutboxMessage | undefined {
  const { messageId, whatsappId, chat: to, content, sendBefore: expiresAt } = item;
  if (content.type === "unsupported" || content.type === "unavailable") return undefined;
  const { batchId, typeFor, sendAt } = item;
  const waiting = { messageId, whatsappId, to, content, expiresAt, batchId, typeFor, sendAt };
  return { ...waiting, isParked: true };
}
