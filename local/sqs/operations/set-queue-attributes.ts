import type { SetQueueAttributesCommandInput } from "@aws-sdk/client-sqs";
import { requireQueue, setDelivery, type Broker } from "../broker.ts";
import { checkAttributes, numberAttribute } from "../queue-attributes.ts";
import type { Queue } from "../queue.ts";
import { requireRedriveTarget } from "../redrive-target.ts";
import { sqsError } from "../sqs-error.ts";

export function setQueueAttributes(broker: Broker, input: SetQueueAttributesCommandInput): object {
  const queue = requireQueue(broker, input.QueueUrl);
  const attributes: Record<string, string> = { ...input.Attributes };
  const { name } = queue.record;
  checkAttributes(name, attributes);
  if ("FifoQueue" in attributes && (attributes["FifoQueue"] === "true") !== queue.fifo) {
    throw sqsError("InvalidAttributeValue", "The type of a queue cannot be changed.");
  }
  requireRedriveTarget(broker, name, attributes["RedrivePolicy"]);
  queue.record.attributes = { ...queue.record.attributes, ...attributes };
  queue.record.modifiedAt = broker.now();
  broker.note("queue", name, queue.record);
  if (queue.fifo && "DelaySeconds" in attributes) delayAnew(broker, queue);
  return {};
}

/** On a FIFO queue a new delay also holds for the messages that wait already. */
function delayAnew(broker: Broker, queue: Queue): void {
  const delay = numberAttribute(queue, "DelaySeconds") * 1000;
  for (const entry of queue.hidden) {
    if (!entry.delivery.delayed) continue;
    const visibleAt = entry.message.sentAt + delay;
    setDelivery(broker, queue, entry, { ...entry.delivery, visibleAt });
  }
}
