import type { PurgeQueueCommandInput } from "@aws-sdk/client-sqs";
import { removeEntry, requireQueue, type Broker } from "../broker.ts";
import { sqsError } from "../sqs-error.ts";

const PURGE_EVERY_MS = 60_000;

export function purgeQueue(broker: Broker, input: PurgeQueueCommandInput): object {
  const queue = requireQueue(broker, input.QueueUrl);
  if (broker.now() - queue.purgedAt < PURGE_EVERY_MS) {
    throw sqsError(
      "PurgeQueueInProgress",
      `Only one PurgeQueue operation on ${queue.record.name} is allowed every 60 seconds.`,
    );
  }
  queue.purgedAt = broker.now();
  for (const entry of queue.entries.values()) removeEntry(broker, queue, entry);
  return {};
}
