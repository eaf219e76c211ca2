import { createFifoLine } from "./fifo-line.ts";
import { createStandardLine, type Line } from "./line.ts";
import type { Entry, Received } from "./message.ts";

/** What is kept of a queue besides its messages. */
export type QueueRecord = {
  name: string;
  /** Only what was set; defaults are in the attribute table. */
  attributes: Record<string, string>;
  createdAt: number;
  modifiedAt: number;
};

/** The first send of a deduplication id, remembered for five minutes. */
export type FirstSend = { messageId: string; sequence: string; until: number };

/** A receive that can be repeated. */
export type Attempt = { received: Received[]; until: number };

/** A queue at work. */
export type Queue = {
  record: QueueRecord;
  fifo: boolean;
  arn: string;
  /** Every message by its key, oldest first. */
  entries: Map<string, Entry>;
  /** Waiting for a receiver. */
  line: Line;
  /** In flight or delayed. */
  hidden: Set<Entry>;
  /** No hidden entry is due before this time. */
  nextWake: number;
  firstSends: Map<string, FirstSend>;
  /** Receives that named their attempt, in memory only: a repetition after a restart is a new receive. */
  attempts: Map<string, Attempt>;
  lastSequence: bigint;
  purgedAt: number;
  /** Long polls, woken when something may have become visible. */
  waiters: Set<() => void>;
};

export function createQueue(record: QueueRecord): Queue {
  const fifo = record.name.endsWith(".fifo");
  return {
    record,
    fifo,
    arn: toQueueArn(record.name),
    entries: new Map(),
    line: fifo ? createFifoLine() : createStandardLine(),
    hidden: new Set(),
    nextWake: Number.POSITIVE_INFINITY,
    firstSends: new Map(),
    attempts: new Map(),
    lastSequence: 0n,
    purgedAt: Number.NEGATIVE_INFINITY,
    waiters: new Set(),
  };
}

export function toQueueArn(name: string): string {
  return `arn:aws:sqs:us-east-1:000000000000:${name}`;
}

/** Out of sight until `delivery.visibleAt`. */
export function hide(queue: Queue, entry: Entry): void {
  queue.hidden.add(entry);
  if (entry.delivery.visibleAt >= queue.nextWake) return;
  queue.nextWake = entry.delivery.visibleAt;
  // Long polls wait for the earliest entry to come back, which is now sooner.
  wakeWaiters(queue);
}

/** In sight, for the first time or again. */
export function show(queue: Queue, entry: Entry): void {
  queue.hidden.delete(entry);
  queue.line.release(entry);
  queue.line.add(entry);
  wakeWaiters(queue);
}

/** Out of the queue for good. */
export function drop(queue: Queue, entry: Entry): void {
  queue.entries.delete(entry.message.key);
  queue.hidden.delete(entry);
  queue.line.remove(entry);
  queue.line.release(entry);
  wakeWaiters(queue);
}

/** Shows what is due by now. */
export function showDue(queue: Queue, now: number): void {
  if (now < queue.nextWake) return;
  queue.nextWake = Number.POSITIVE_INFINITY;
  for (const entry of queue.hidden) {
    if (entry.delivery.visibleAt <= now) show(queue, entry);
    else queue.nextWake = Math.min(queue.nextWake, entry.delivery.visibleAt);
  }
}

export function isInFlight(queue: Queue, entry: Entry): boolean {
  return queue.hidden.has(entry) && !entry.delivery.delayed;
}

function wakeWaiters(queue: Queue): void {
  for (const wake of queue.waiters) wake();
}
