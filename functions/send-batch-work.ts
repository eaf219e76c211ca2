import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { BatchWork } from "#shared/contracts/batch.ts";

/** Has a batch's messages made. The queue drops a second request of the same `once`. */
export type SendBatchWork = (batch: Omit<BatchWork, "type">, once: string) => Promise<void>;

export function createSendBatchWork(client: SQSClient, url: string): SendBatchWork {
  return async (batch, once) => {
    const work: BatchWork = { type: "batch.fan-out.v1", ...batch };
    await client.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: JSON.stringify(work),
        MessageGroupId: batch.batchId,
        MessageDeduplicationId: once,
      }),
    );
  };
}
