import { lambdaEntry } from "#functions/lambda-entry.ts";
import { createLogger } from "#functions/logger.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { dynamodb, sqs } from "#shared/aws/clients.ts";
import { createBatches } from "./create-batches.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("batches");
  const table = { client: dynamodb(), now: Date.now };
  return createBatches({
    control: { ...table, name: environment.WAFLEET_CONTROL_TABLE },
    messages: { ...table, name: environment.WAFLEET_MESSAGES_TABLE },
    commands: { client: sqs(), url: environment.WAFLEET_COMMANDS_QUEUE_URL },
    log: createLogger("batches", environment.WAFLEET_LOG_LEVEL),
  });
});
