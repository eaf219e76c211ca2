import type { EventStream } from "../events/event-stream.ts";
import { messageIdOf } from "#shared/message-id.ts";
import type { Receipt } from "../whatsapp/receipts.ts";

/** Publishes what a receipt says about messages of ours; resolves when it cannot be lost. */
export async function publishReceipt(
  stream: EventStream,
  sessionId: string,
  receipt: Receipt,
): Promise<void> {
  const { status, from: to, recipient } = receipt;
  const published = receipt.whatsappIds.flatMap((whatsappId) => {
    const messageId = messageIdOf(sessionId, whatsappId);
    if (messageId === undefined) return [];
    const data = {
      messageId,
      whatsappId,
      to,
      status,
      reason: null,
      detail: null,
      ...(recipient && { recipient }),
    };
    return [stream.publish({ type: "message.status", data })];
  });
  await Promise.all(published);
}
