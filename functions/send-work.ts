import { createHash } from "node:crypto";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { SendMessageBatchRequestEntry, SQSClient } from "@aws-sdk/client-sqs";
import { traceAttribute } from "#shared/aws/trace-attribute.ts";
import { sampledTrace } from "#shared/config.ts";
import { workGroup } from "#shared/contracts/webhook-work.ts";
import type { WebhookWork } from "#shared/contracts/webhook-work.ts";
import { Refused } from "./refused.ts";

/** Work, and a text under which the queue drops a second one within five minutes. */
export type WorkOnce = { work: WebhookWork; once: string };

export type SendWork = (all: WorkOnce[]) => Promise<void>;

type Waiting = {
  entry: Omit<SendMessageBatchRequestEntry, "Id">;
  sent: PromiseWithResolvers<void>;
};

const batchSize = 10;

/**
 * Puts work into the webhooks queue, ten messages a request, in order. What several callers send at
 * the same time travels together.
 */
export function createSendWork(client: SQSClient, url: string): SendWork {
  const waiting: Waiting[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await sendBatch(client, url, waiting.splice(0, batchSize));
    isRunning = false;
  }

  return async (all) => {
    const given = all.map((one) => ({ entry: toEntry(one), sent: Promise.withResolvers<void>() }));
    waiting.push(...given);
    if (!isRunning && waiting.length > 0) void run();
    await Promise.all(given.map(({ sent }) => sent.promise));
  };
}

/** Never throws: each of them hears what has become of it. */
async function sendBatch(client: SQSClient, url: string, batch: Waiting[]): Promise<void> {
  try {
    const Entries = batch.map(({ entry }, index) => ({ ...entry, Id: String(index) }));
    const { Failed = [] } = await client.send(
      new SendMessageBatchCommand({ QueueUrl: url, Entries }),
    );
    const [failed] = Failed;
    // The others of the request are asked for again as well: the queue drops what it has.
    if (failed) throw new Refused(`the webhooks queue refused work: ${failed.Code}`);
    for (const { sent } of batch) sent.resolve();
  } catch (error) {
    for (const { sent } of batch) sent.reject(error);
  }
}

function toEntry({ work, once }: WorkOnce): Waiting["entry"] {
  return {
    MessageBody: JSON.stringify(work),
    MessageGroupId: workGroup(work),
    MessageDeduplicationId: createHash("sha256").update(once).digest("hex"),
    ...traceAttribute(sampledTrace()),
  };
}
