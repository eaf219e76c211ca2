import createPipeline from "@middy/core";
import { webhookWorkSchema } from "#shared/contracts/webhook-work.ts";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { DeliverDeps } from "./deliver-deps.ts";
import { followSource } from "./follow-source.ts";
import { retryDelivery } from "./retry-delivery.ts";

type DeliverHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/** The Lambda that calls webhook endpoints. What fails by our own doing is left to the queue. */
export function createDeliver(deps: DeliverDeps): DeliverHandler {
  const pipeline = createPipeline<SQSEvent, SQSBatchResponse>().handler(
    async ({ Records }: SQSEvent) => {
      for (const [index, record] of Records.entries()) {
        try {
          await work(deps, record);
        } catch (error) {
          const { messageId: sqsMessageId } = record;
          deps.log.error({ err: error, sqsMessageId }, "webhook work could not be done");
          const left = Records.slice(index);
          return {
            batchItemFailures: left.map((later) => ({ itemIdentifier: later.messageId })),
          };
        } finally {
          deps.metrics.flush();
        }
      }
      return { batchItemFailures: [] };
    },
  );
  return (event, context) => pipeline(event, context);
}

function work(deps: DeliverDeps, { body, attributes }: SQSRecord): Promise<void> {
  const found = webhookWorkSchema.parse(JSON.parse(body));
  const again = Number(attributes.ApproximateReceiveCount) > 1;
  return found.type === "webhook.follow.v1"
    ? followSource(deps, found, again)
    : retryDelivery(deps, found);
}
