import { setImmediate as nextTurn } from "node:timers/promises";
import { addEntry, setDelivery, settle, type Broker } from "./broker.ts";
import { moveToDeadLetterQueue, findDeadLetterQueue } from "./dead-letter.ts";
import type { Delivery, Entry, Received } from "./message.ts";
import type { Queue } from "./queue.ts";

/** Hands out up to `max` visible messages and hides them. */
export function receive(
  broker: Broker,
  queue: Queue,
  max: number,
  visibilitySeconds: number,
): Received[] {
  const received: Received[] = [];
  while (received.length < max) {
    const entries = queue.line.take(max - received.length);
    if (entries.length === 0) break;
    const deadLetterQueue = findDeadLetterQueue(broker, queue);
    for (const entry of entries) {
      const spent =
        deadLetterQueue && entry.delivery.receiveCount >= deadLetterQueue.maxReceiveCount;
      if (spent) moveToDeadLetterQueue(broker, queue, entry, deadLetterQueue.queue);
      else received.push(handOut(broker, queue, entry, visibilitySeconds));
    }
  }
  // Only now: what becomes visible at once must not be taken twice by this receive.
  for (const { entry, after } of received) setDelivery(broker, queue, entry, after);
  for (const one of received) injectDuplicate(broker, queue, one);
  return received;
}

function handOut(broker: Broker, queue: Queue, entry: Entry, visibilitySeconds: number): Received {
  const now = broker.now();
  const before = entry.delivery;
  const faulty =
    !before.duplicate &&
    broker.faults.take("ReceiveMessage", entry.message.body, ["duplicate-delivery"]);
  const duplicate = faulty ? (queue.fifo ? "due" : "done") : before.duplicate;
  const after: Delivery = {
    visibleAt: now + visibilitySeconds * 1000,
    receiveCount: before.receiveCount + 1,
    firstReceivedAt: before.firstReceivedAt ?? now,
    receivedAt: now,
    ...(duplicate && { duplicate }),
  };
  return { entry, before, after };
}

/** A standard queue may have two copies out at the same time; a FIFO queue gives one again after its deletion. */
function injectDuplicate(broker: Broker, queue: Queue, { entry, before, after }: Received): void {
  if (queue.fifo || before.duplicate || after.duplicate !== "done") return;
  const copy = { ...entry.message, key: `${entry.message.key}.again` };
  addEntry(broker, queue, copy, { ...after, visibleAt: broker.now() });
}

/** Makes the messages visible as if nobody had received them. */
export function takeBack(broker: Broker, queue: Queue, received: Received[]): void {
  for (const { entry, before, after } of received) {
    if (entry.delivery === after && queue.entries.get(entry.message.key) === entry) {
      setDelivery(broker, queue, entry, before);
    }
  }
  broker.save();
}

/** Receives, waiting up to `waitSeconds` for the first message. Takes nothing for a client that is gone. */
export async function longPoll(
  broker: Broker,
  queue: Queue,
  waitSeconds: number,
  signal: AbortSignal,
  receiveNow: () => Received[],
): Promise<Received[]> {
  const deadline = performance.now() + waitSeconds * 1000;
  for (;;) {
    if (signal.aborted || broker.queues.get(queue.record.name) !== queue) return [];
    const received = receiveNow();
    const left = deadline - performance.now();
    if (received.length > 0 || left <= 0) return received;
    await somethingToSee(queue, Math.min(left, queue.nextWake - broker.now()), signal);
    // The client's goodbye may have come together with what woke us: let it be read first.
    await nextTurn();
    settle(broker, queue);
  }
}

function somethingToSee(queue: Queue, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      queue.waiters.delete(done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(1, Math.ceil(milliseconds)));
    queue.waiters.add(done);
    signal.addEventListener("abort", done);
  });
}
