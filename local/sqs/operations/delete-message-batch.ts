import type { DeleteMessageBatchCommandInput } from "@aws-sdk/client-sqs";
import { runBatch } from "../batch.ts";
import { requireQueue, type Broker } from "../broker.ts";
import { deleteByHandle } from "../settle-receipt.ts";

export function deleteMessageBatch(broker: Broker, input: DeleteMessageBatchCommandInput): object {
  const queue = requireQueue(broker, input.QueueUrl);
  return runBatch(input.Entries, (entry) => deleteByHandle(broker, queue, entry.ReceiptHandle));
}
