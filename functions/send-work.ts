import { createHash } from "node:crypto";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { traceAttribute } from "#shared/aws/trace-attribute.ts";
import { sampledTrace } from "#shared/config.ts";
import { workGroup } from "#shared/contracts/webhook-work.ts";
import type { WebhookWork } from "#shared/contracts/webhook-work.ts";

/** Work, and a text under which the queue drops a second one within five minutes. */
export type WorkOnce = { work: WebhookWork; once: string };

export type SendWork = (all: WorkOnce[]) => Promise<void>;

const batchSize = 10;

/** Puts work into the webhooks queue, ten messages a request. */
export function createSendWork(client: SQSClient, url: string): SendWork {
  return async (all) => {
    for (let i = 0; i < all.length; i += batchSize) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: all.slice(i, i + batchSize).map(({ work, once }, index) => ({
            Id: String(index),
            MessageBody: JSON.stringify(work),
            MessageGroupId: workGroup(work),
            MessageDeduplicationId: createHash("sha256").update(once).digest("hex"),
            ...traceAttribute(sampledTrace()),
          })),
        }),
      );
      const [failed] = Failed;
      if (failed) throw new Error(`the webhooks queue refused work: ${failed.Code}`);
    }
  };
}
