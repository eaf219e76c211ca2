import type { ChangeMessageVisibilityBatchCommandInput } from "@aws-sdk/client-sqs";
import { runBatch } from "../batch.ts";
import { requireQueue, type Broker } from "../broker.ts";
import { changeVisibility } from "../settle-receipt.ts";

export function changeMessageVisibilityBatch(
  broker: Broker,
  input: ChangeMessageVisibilityBatchCommandInput,
): object {
  const queue = requireQueue(broker, input.QueueUrl);
  return runBatch(input.Entries, (entry) =>
    changeVisibility(broker, queue, entry.ReceiptHandle, entry.VisibilityTimeout),
  );
}
