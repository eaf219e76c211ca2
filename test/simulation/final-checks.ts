// What must hold when a run has come to rest.
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { parseCursor } from "#shared/cursor.ts";
import { queues } from "#shared/resources/queues.ts";
import type { Cluster } from "./cluster.ts";
import type { EventLog } from "./event-log.ts";
import type { Accepted, Tenant } from "./tenant.ts";
import type { Violations } from "./violations.ts";

export type Outcome = { cluster: Cluster; tenant: Tenant; log: EventLog; violations: Violations };

/** A delivery receipt proves that the message was sent, should its own answer be lost. */
const settledStatuses = ["sent", "delivered", "failed", "unknown"];

/** What is still under way, in words; empty when all is done. */
export function unfinished({ cluster, tenant, log }: Outcome): string[] {
  const settled = new Set(
    log.events.flatMap((event) =>
      event.type === "message.status" && settledStatuses.includes(event.data.status)
        ? [event.data.messageId]
        : [],
    ),
  );
  const held = heldMessages({ cluster, log });
  const open = tenant.accepted.filter(
    ({ messageId }) => !settled.has(messageId) && !held.has(messageId),
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

/** Checks what a run has left behind against the laws. */
export function checkOutcome(outcome: Outcome): void {
  const { cluster, tenant, log, violations } = outcome;
  const { events } = log;
  for (const message of tenant.accepted) checkMessage(outcome, message);
  checkOrder(outcome);

  for (const [id] of cluster.peer.owed) {
    const count = events.filter(
      ({ type, data }) =>
        type === "message.received" && "whatsappId" in data && data.whatsappId === id,
    ).length;
    if (count !== 1) violations.add("inbound-once", `${id} made ${count} events`);
  }
  const logged = new Set(events.map(({ sessionId, cursor }) => `${sessionId} ${cursor}`));
  for (const { sessionId, event } of cluster.ownership.journaled) {
    if (!logged.has(`${sessionId} ${event.cursor}`)) {
      violations.add(
        "event-order",
        `journaled event ${sessionId} ${event.cursor} is not in the log`,
      );
    }
  }
  for (const { data, type } of events) {
    if (type !== "session.status" || data.reason !== "journal_unreadable") continue;
    violations.add("readable", data.detail ?? "");
  }
  checkGaps(outcome);
  for (const queue of cluster.commands) {
    if (queue.mostReceives > queues.commands.maxReceiveCount) {
      violations.add("everything-ends", `a command came ${queue.mostReceives} times`);
    }
  }
}

function statusesOf(events: WafleetEvent[], messageId: string): string[] {
  return events.flatMap((event) =>
    event.type === "message.status" && event.data.messageId === messageId
      ? [event.data.status]
      : [],
  );
}

function checkMessage({ cluster, log, violations }: Outcome, message: Accepted): void {
  const { messageId, whatsappId, to } = message;
  const seen = (cluster.peer.screens.get(to) ?? []).filter((text) => text === messageId).length;
  const statuses = statusesOf(log.events, messageId);
  const name = `${whatsappId} (${statuses.join(", ")})`;
  if (seen > 1) violations.add("delivered-once", `${name} was seen ${seen} times`);
  if (statuses.includes("sent") && seen === 0) {
    violations.add("delivered-once", `${name} was never seen`);
  }
  if (cluster.peer.acknowledged.has(whatsappId) && !statuses.includes("delivered")) {
    violations.add("before-receipt", `the receipt of ${name} has no event`);
  }
}

/** Those that were certainly sent were seen in the order in which they were accepted. */
function checkOrder({ cluster, tenant, log, violations }: Outcome): void {
  for (const [contact, texts] of cluster.peer.screens) {
    const sent = tenant.accepted
      .filter(({ to, messageId }) => {
        const statuses = statusesOf(log.events, messageId);
        return to === contact && statuses.includes("sent") && !statuses.includes("failed");
      })
      .map(({ messageId }) => messageId);
    const seen = texts.filter((text) => sent.includes(text));
    const wrong = sent.findIndex((text, index) => seen[index] !== text);
    if (wrong >= 0 && seen.length === sent.length) {
      violations.add("chat-order", `${contact} sees ${seen[wrong]} where ${sent[wrong]} belongs`);
    }
  }
}

/** An epoch's events are without gaps, unless its owner died or lost the session. */
function checkGaps({ cluster, log, violations }: Outcome): void {
  const places = new Map<string, Set<number>>();
  for (const { sessionId, cursor } of log.events) {
    const { epoch, seq } = parseCursor(cursor);
    const name = `${sessionId} ${epoch}`;
    const known = places.get(name) ?? new Set();
    places.set(name, known.add(seq));
  }
  for (const [name, known] of places) {
    const owner = cluster.ownership.owners.get(name);
    const [sessionId = "", epoch] = name.split(" ");
    const isLast = cluster.ownership.epochOf(sessionId) === Number(epoch);
    if (!owner?.alive || !isLast) continue;
    const most = Math.max(...known);
    if (known.size !== most) violations.add("event-order", `${name} has gaps before ${most}`);
  }
}
