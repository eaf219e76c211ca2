import type { Outcome } from "./outcome.ts";

/** A delivery receipt proves that the message was sent, should its own answer be lost. */
const settledStatuses = ["sent", "delivered", "failed", "unknown"];

/** What is still under way, in words; empty when all is done. */
export function unfinished({ cluster, tenant, outgoing, log }: Outcome): string[] {
  const settled = new Set(
    log.events.flatMap((event) =>
      event.type === "message.status" && settledStatuses.includes(event.data.status)
        ? [event.data.messageId]
        : [],
    ),
  );
  const held = heldMessages({ cluster, log });
  const open = outgoing.accepted.filter(
    ({ messageId, isCancelled }) => !isCancelled && !settled.has(messageId) && !held.has(messageId),
  );
  return [
    ...open.map(({ messageId, whatsappId }) => `message ${whatsappId} (${messageId}) has no fate`),
    ...cluster.commands.flatMap(({ messages }) => messages.map(({ body }) => `command ${body}`)),
    ...cluster.events.messages.map(({ group }) => `events of ${group} in the queue`),
    ...[...cluster.peer.accounts.values()].flatMap(({ phone, connection, inbound, receipts }) => [
      ...(connection ? [] : [`${phone} is not connected`]),
      ...inbound.map(({ id }) => `${id} is not acknowledged`),
      ...receipts.map(({ id }) => `receipt of ${id} is not acknowledged`),
    ]),
    ...tenant.sessions
      .filter(({ status }) => status !== "active")
      .map(({ phone, status }) => `${phone} is said to be ${status}`),
  ];
}

/** Waiting in the table because WhatsApp has locked the account out of new chats, for hours. */
function heldMessages({ cluster, log }: Pick<Outcome, "cluster" | "log">): Set<string> {
  const limited = new Set(
    log.events.flatMap(({ type, sessionId }) => (type === "session.limit" ? [sessionId] : [])),
  );
  const held = [...cluster.dynamodb.items("messages")].filter(
    ({ parkedIn, status }) => status === "queued" && limited.has(String(parkedIn)),
  );
  return new Set(held.map(({ messageId }) => String(messageId)));
}
