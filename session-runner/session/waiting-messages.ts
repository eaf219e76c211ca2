import type { SessionDeps } from "./deps.ts";
import type { Outbox, OutboxMessage } from "./outbox.ts";

/**
 * Hands the messages that waited for the session to its outbox, in order of acceptance, before any
 * newer one can be.
 */
export async function sendWaiting(
  { messages, log }: Pick<SessionDeps, "messages" | "log">,
  sessionId: string,
  outbox: Outbox,
): Promise<void> {
  async function sendOne(message: OutboxMessage): Promise<void> {
    if ((await outbox.send(message)) === "done" && outbox.isOpen) {
      await messages.unpark(sessionId, message.messageId);
    }
  }
  for (const item of await messages.listParked(sessionId)) {
    if (item.content.type === "unsupported" || item.content.type === "unavailable") continue;
    const { messageId, whatsappId, chat: to, content, sendBefore: expiresAt } = item;
    const { batchId, typeFor } = item;
    const ids = { messageId, whatsappId, batchId };
    const message = { ...ids, to, content, expiresAt, typeFor, isParked: true };
    sendOne(message).catch((error: unknown) =>
      log.error({ sessionId, messageId, err: error }, "waiting message was not settled"),
    );
  }
}
