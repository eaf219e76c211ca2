import type { CreateQueueCommandInput } from "@aws-sdk/client-sqs";
import type { Broker } from "../broker.ts";
import { checkAttributes, readAttributes } from "../queue-attributes.ts";
import { createQueue as newQueue, type Queue } from "../queue.ts";
import { toQueueUrl } from "../queue-url.ts";
import { requireRedriveTarget } from "../redrive-target.ts";
import { sqsError } from "../sqs-error.ts";

export function createQueue(broker: Broker, input: CreateQueueCommandInput): object {
  const name = input.QueueName ?? "";
  const attributes = { ...input.Attributes };
  checkName(name, attributes["FifoQueue"] === "true");
  checkAttributes(name, attributes);
  requireRedriveTarget(broker, name, attributes["RedrivePolicy"]);
  const existing = broker.queues.get(name);
  if (existing) requireSame(existing, attributes);
  else {
    const now = broker.now();
    const record = { name, attributes, createdAt: now, modifiedAt: now };
    broker.queues.set(name, newQueue(record));
    broker.note("queue", name, record);
  }
  return { QueueUrl: toQueueUrl(broker, name) };
}

function checkName(name: string, fifo: boolean): void {
  const plain = fifo ? name.replace(/\.fifo$/, "") : name;
  const rightSuffix = name.endsWith(".fifo") === fifo;
  if (rightSuffix && name.length <= 80 && /^[A-Za-z0-9_-]+$/.test(plain)) return;
  throw sqsError(
    "InvalidParameterValueException",
    fifo
      ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length."
      : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.",
  );
}

function requireSame(queue: Queue, attributes: Record<string, string>): void {
  const current = readAttributes(queue);
  const different = Object.keys(attributes).find((key) => attributes[key] !== current[key]);
  if (different === undefined) return;
  throw sqsError(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${different}`,
  );
}
