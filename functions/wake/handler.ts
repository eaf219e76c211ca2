import { setTimeout as sleep } from "node:timers/promises";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createRemoveFile } from "#functions/remove-file.ts";
import { createSendBatchWork } from "#functions/send-batch-work.ts";
import { createSendWork } from "#functions/send-work.ts";
import { dynamodb, s3, sqs } from "#shared/aws/clients.ts";
import { createWake } from "./create-wake.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("wake");
  const table = { client: dynamodb(), now: Date.now };
  const queues = sqs();
  return createWake({
    webhooks: { ...table, name: environment.WAFLEET_WEBHOOKS_TABLE },
    sendWork: createSendWork(queues, environment.WAFLEET_WEBHOOKS_QUEUE_URL),
    control: { ...table, name: environment.WAFLEET_CONTROL_TABLE },
    messages: { ...table, name: environment.WAFLEET_MESSAGES_TABLE },
    commands: { client: queues, url: environment.WAFLEET_COMMANDS_QUEUE_URL },
    removeFile: createRemoveFile(s3(), environment.WAFLEET_MEDIA_BUCKET),
    sendBatchWork: createSendBatchWork(queues, environment.WAFLEET_BATCHES_QUEUE_URL),
    sleep,
  });
});
