import type { GetQueueUrlCommandInput } from "@aws-sdk/client-sqs";
import { queueDoesNotExist, type Broker } from "../broker.ts";
import { toQueueUrl } from "../queue-url.ts";

export function getQueueUrl(broker: Broker, input: GetQueueUrlCommandInput): object {
  const name = input.QueueName ?? "";
  if (!broker.queues.has(name)) throw queueDoesNotExist();
  return { QueueUrl: toQueueUrl(broker, name) };
}
