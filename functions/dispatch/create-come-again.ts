import { ChangeMessageVisibilityBatchCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";

/** Has the queue deliver records again after so many seconds. */
export type ComeAgain = (records: SQSRecord[], seconds: number) => Promise<void>;

/** What is not moved comes when its visibility timeout ends, and until then so does its group. */
export function createComeAgain(client: SQSClient, url: string): ComeAgain {
  return async (records, seconds) => {
    await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: records.map(({ receiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        })),
      }),
    );
  };
}
