import { randomUUID } from "node:crypto";
import type { ChangeLog, Change } from "../stand-in/change-log.ts";
import type { Faults } from "../stand-in/faults.ts";
import { numberAttribute } from "./queue-attributes.ts";
import type { Delivery, Entry, Message } from "./message.ts";
import { createQueue, drop, hide, show, showDue } from "./queue.ts";
import type { FirstSend, Queue, QueueRecord } from "./queue.ts";
import { sqsError } from "./sqs-error.ts";

/** All queues, and the one way in which they change: in memory and in the log together. */
export type Broker = {
  queues: Map<string, Queue>;
  faults: Faults;
  /** For queue URLs; known once the server listens. */
  endpoint: string;
  now(): number;
  newId(): string;
  /** Notes a change for the next `save`; no value removes the key. */
  note(kind: "queue" | "message" | "delivery" | "first-send", key: string, value?: unknown): void;
  /** Writes what was noted. Must come before the answer. */
  save(): void;
};

export function openBroker(log: ChangeLog, faults: Faults, now: () => number): Broker {
  let noted: Change[] = [];
  const queues = new Map<string, Queue>();
  load(log, queues, now());
  return {
    queues,
    faults,
    endpoint: "",
    now,
    newId: randomUUID,
    note(kind, key, value) {
      noted.push([`${kind}/${key}`, value]);
    },
    save() {
      const changes = noted;
      noted = [];
      log.commit(changes);
    },
  };
}

function load(log: ChangeLog, queues: Map<string, Queue>, now: number): void {
  for (const [key, value] of log.loaded) {
    const [kind, name = "", ...rest] = key.split("/");
    if (kind === "queue") queues.set(name, createQueue(value as QueueRecord));
    const queue = queues.get(name);
    if (!queue) continue;
    if (kind === "message") {
      const message = value as Message;
      const delivery = log.loaded.get(key.replace("message", "delivery")) as Delivery | undefined;
      place(queue, { message, delivery: delivery ?? { visibleAt: 0, receiveCount: 0 } }, now);
      raiseSequence(queue, message.sequence);
    }
    if (kind === "first-send") {
      const firstSend = value as FirstSend;
      queue.firstSends.set(rest.join("/"), firstSend);
      raiseSequence(queue, firstSend.sequence);
    }
  }
}

function raiseSequence(queue: Queue, sequence: string | undefined): void {
  const seen = BigInt(sequence ?? 0);
  if (seen > queue.lastSequence) queue.lastSequence = seen;
}

function place(queue: Queue, entry: Entry, now: number): void {
  queue.entries.set(entry.message.key, entry);
  if (entry.delivery.visibleAt > now) {
    hide(queue, entry);
    if (!entry.delivery.delayed) queue.line.hold(entry);
  } else show(queue, entry);
}

/** Puts a message that is new to this queue into it. */
export function addEntry(broker: Broker, queue: Queue, message: Message, delivery: Delivery): void {
  place(queue, { message, delivery }, broker.now());
  broker.note("message", `${queue.record.name}/${message.key}`, message);
  broker.note("delivery", `${queue.record.name}/${message.key}`, delivery);
}

/** Changes how an entry fares; hides or shows it by the new `visibleAt`. */
export function setDelivery(broker: Broker, queue: Queue, entry: Entry, delivery: Delivery): void {
  entry.delivery = delivery;
  broker.note("delivery", `${queue.record.name}/${entry.message.key}`, delivery);
  if (delivery.visibleAt > broker.now()) hide(queue, entry);
  else show(queue, entry);
}

export function removeEntry(broker: Broker, queue: Queue, entry: Entry): void {
  drop(queue, entry);
  broker.note("message", `${queue.record.name}/${entry.message.key}`);
  broker.note("delivery", `${queue.record.name}/${entry.message.key}`);
}

/** Numbers that rise for ever, across restarts too, since they follow the clock. */
export function nextSequence(broker: Broker, queue: Queue): string {
  const byClock = BigInt(Math.floor(broker.now())) * 10_000_000n;
  const next = queue.lastSequence + 1n;
  queue.lastSequence = byClock > next ? byClock : next;
  return queue.lastSequence.toString().padStart(20, "0");
}

/** The queue behind a URL, with everything done that time alone does: what is due is visible, what is old gone. */
export function requireQueue(broker: Broker, queueUrl: string | undefined): Queue {
  if (!queueUrl) {
    throw sqsError(
      "MissingRequiredParameterException",
      "The request must contain the parameter QueueUrl.",
    );
  }
  const queue = broker.queues.get(queueUrl.slice(queueUrl.lastIndexOf("/") + 1));
  if (!queue) throw queueDoesNotExist();
  return settle(broker, queue);
}

export function queueDoesNotExist() {
  return sqsError("QueueDoesNotExist", "The specified queue does not exist.");
}

/** Does what time alone does to a queue. */
export function settle(broker: Broker, queue: Queue): Queue {
  const now = broker.now();
  showDue(queue, now);
  for (const [key, firstSend] of queue.firstSends) {
    if (firstSend.until > now) break;
    queue.firstSends.delete(key);
    broker.note("first-send", `${queue.record.name}/${key}`);
  }
  const oldest = now - numberAttribute(queue, "MessageRetentionPeriod") * 1000;
  for (const entry of queue.entries.values()) {
    if (entry.message.sentAt > oldest) break;
    removeEntry(broker, queue, entry);
  }
  return queue;
}
