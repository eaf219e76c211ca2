import { addEntry, nextSequence, removeEntry, type Broker } from "./broker.ts";
import type { Entry } from "./message.ts";
import type { Queue } from "./queue.ts";
import { parseRedrivePolicy } from "./redrive-policy.ts";

/** Where spent messages of this queue go; undefined when there is no policy or no such queue. */
export function findDeadLetterQueue(
  broker: Broker,
  queue: Queue,
): { queue: Queue; maxReceiveCount: number } | undefined {
  const policy = parseRedrivePolicy(queue.record.attributes["RedrivePolicy"]);
  const target = policy && findQueueByArn(broker, policy.deadLetterTargetArn);
  return target && { queue: target, maxReceiveCount: policy.maxReceiveCount };
}

export function findQueueByArn(broker: Broker, arn: string): Queue | undefined {
  const queue = broker.queues.get(arn.slice(arn.lastIndexOf(":") + 1));
  return queue?.arn === arn ? queue : undefined;
}

/**
 * Keeps the message id and the receive count. A standard queue also keeps the time of sending, from
 * which retention counts; a FIFO queue starts it anew.
 */
export function moveToDeadLetterQueue(
  broker: Broker,
  source: Queue,
  entry: Entry,
  target: Queue,
): void {
  const now = broker.now();
  removeEntry(broker, source, entry);
  const message = {
    ...entry.message,
    sourceArn: source.arn,
    ...(target.fifo && { sequence: nextSequence(broker, target), sentAt: now }),
  };
  addEntry(broker, target, message, { ...entry.delivery, visibleAt: now });
}

/** Back to where they came from, or to `destination`, as new messages. Answers how many. */
export function redrive(broker: Broker, source: Queue, destination: Queue | undefined): number {
  let moved = 0;
  for (const entry of source.entries.values()) {
    const { sourceArn, ...message } = entry.message;
    const target = destination ?? (sourceArn ? findQueueByArn(broker, sourceArn) : undefined);
    if (!target || source.hidden.has(entry)) continue;
    removeEntry(broker, source, entry);
    const id = broker.newId();
    const sentAt = broker.now();
    const sequence = target.fifo ? { sequence: nextSequence(broker, target) } : {};
    const renewed = { ...message, ...sequence, key: id, id, sentAt };
    addEntry(broker, target, renewed, { visibleAt: sentAt, receiveCount: 0 });
    moved += 1;
  }
  return moved;
}
