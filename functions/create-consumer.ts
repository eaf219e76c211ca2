import createPipeline from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Logger } from "pino";

export type Consumer = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * A Lambda that a FIFO queue feeds: from the first failure on, everything is left to the queue, for
 * what is behind must not overtake it.
 */
export function createConsumer(
  log: Logger,
  what: string,
  work: (record: SQSRecord) => Promise<void>,
): Consumer {
  const pipeline = createPipeline<SQSEvent, SQSBatchResponse>().handler(
    async ({ Records }: SQSEvent) => {
      for (const [index, record] of Records.entries()) {
        try {
          await work(record);
        } catch (error) {
          const { messageId: sqsMessageId } = record;
          log.error({ err: error, sqsMessageId }, `${what} could not be done`);
          const left = Records.slice(index);
          return {
            batchItemFailures: left.map((later) => ({ itemIdentifier: later.messageId })),
          };
        }
      }
      return { batchItemFailures: [] };
    },
  );
  return (event, context) => pipeline(event, context);
}
