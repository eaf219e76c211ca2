import type { ChangeMessageVisibilityCommandInput } from "@aws-sdk/client-sqs";
import { requireQueue, type Broker } from "../broker.ts";
import { changeVisibility } from "../settle-receipt.ts";

export function changeMessageVisibility(
  broker: Broker,
  input: ChangeMessageVisibilityCommandInput,
): object {
  const queue = requireQueue(broker, input.QueueUrl);
  changeVisibility(broker, queue, input.ReceiptHandle, input.VisibilityTimeout);
  return {};
}
