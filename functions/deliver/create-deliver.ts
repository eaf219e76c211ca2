import { createConsumer } from "#functions/create-consumer.ts";
import type { Consumer } from "#functions/create-consumer.ts";
import { webhookWorkSchema } from "#shared/contracts/webhook-work.ts";
import type { SQSRecord } from "aws-lambda";
import type { DeliverDeps } from "./deliver-deps.ts";
import { followSource } from "./follow-source.ts";
import { retryDelivery } from "./retry-delivery.ts";

/** The Lambda that calls webhook endpoints. What fails by our own doing is left to the queue. */
export function createDeliver(deps: DeliverDeps): Consumer {
  return createConsumer(deps.log, "webhook work", async (record) => {
    try {
      await work(deps, record);
    } finally {
      deps.metrics.flush();
    }
  });
}

function work(deps: DeliverDeps, { body, attributes }: SQSRecord): Promise<void> {
  const found = webhookWorkSchema.parse(JSON.parse(body));
  const again = Number(attributes.ApproximateReceiveCount) > 1;
  return found.type === "webhook.follow.v1"
    ? followSource(deps, found, again)
    : retryDelivery(deps, found);
}
