import type { DeleteQueueCommandInput } from "@aws-sdk/client-sqs";
import { removeEntry, requireQueue, type Broker } from "../broker.ts";

export function deleteQueue(broker: Broker, input: DeleteQueueCommandInput): object {
  const queue = requireQueue(broker, input.QueueUrl);
  const { name } = queue.record;
  broker.queues.delete(name);
  for (const entry of queue.entries.values()) removeEntry(broker, queue, entry);
  for (const key of queue.firstSends.keys()) broker.note("first-send", `${name}/${key}`);
  broker.note("queue", name);
  for (const wake of queue.waiters) wake();
  return {};
}
