import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createSendWork } from "#functions/send-work.ts";
import { dynamodb, sqs } from "#shared/aws/clients.ts";
import { createWake } from "./create-wake.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("wake");
  const name = environment.WAFLEET_WEBHOOKS_TABLE;
  return createWake({
    webhooks: { client: dynamodb(), now: Date.now, name },
    sendWork: createSendWork(sqs(), environment.WAFLEET_WEBHOOKS_QUEUE_URL),
  });
});
