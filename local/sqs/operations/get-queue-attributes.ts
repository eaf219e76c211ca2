import type { GetQueueAttributesCommandInput } from "@aws-sdk/client-sqs";
import { requireQueue, type Broker } from "../broker.ts";
import { isAttribute, readAttributes } from "../queue-attributes.ts";
import { sqsError } from "../sqs-error.ts";

export function getQueueAttributes(broker: Broker, input: GetQueueAttributesCommandInput): object {
  const queue = requireQueue(broker, input.QueueUrl);
  const asked: string[] = input.AttributeNames ?? [];
  const unknown = asked.find((name) => name !== "All" && !isAttribute(name));
  if (unknown !== undefined) {
    throw sqsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
  }
  const shown = Object.entries(readAttributes(queue)).filter(
    ([name]) => asked.includes("All") || asked.includes(name),
  );
  return shown.length === 0 ? {} : { Attributes: Object.fromEntries(shown) };
}
