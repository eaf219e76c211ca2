import type { EventStream } from "../events/event-stream.ts";
import { messageIdOf } from "#shared/message-id.ts";
import type { MessageIds } from "#shared/message-id.ts";
import { ExpiringCache } from "../whatsapp/expiring-cache.ts";
import type { Receipt } from "../whatsapp/receipts.ts";

/** Publishes what a receipt says about messages of ours; resolves when it cannot be lost. */
export async function publishReceipt(
  stream: EventStream,
  sessionId: string,
  receipt: Receipt,
): Promise<void> {
  const { status, from: to, recipient } = receipt;
  const published = receipt.whatsappIds.flatMap((whatsappId) => {
    const messageId = findMessageId(sessionId, whatsappId);
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

/** A message in a group of 50 gets 100 receipts, and each id takes six HMACs. */
const recent = new ExpiringCache<string>(60_000);

const nameOf = (sessionId: string, whatsappId: string) => `${sessionId} ${whatsappId}`;

/** Has the message's id at hand for the receipts that follow. */
export function expectReceipts(sessionId: string, { messageId, whatsappId }: MessageIds): void {
  recent.set(nameOf(sessionId, whatsappId), messageId);
}

function findMessageId(sessionId: string, whatsappId: string): string | undefined {
  const name = nameOf(sessionId, whatsappId);
  const known = recent.keep(name);
  if (known !== undefined) return known;
  const found = messageIdOf(sessionId, whatsappId);
  if (found !== undefined) recent.set(name, found);
  return found;
}
