import { lambdaEntry } from "#functions/lambda-entry.ts";
import { createLogger } from "#functions/logger.ts";
import { createPush } from "#functions/push.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { dynamodb, managementApi } from "#shared/aws/clients.ts";
import { createDispatch } from "./create-dispatch.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("dispatch");
  const table = { client: dynamodb(), now: Date.now };
  return createDispatch({
    control: { ...table, name: environment.WAFLEET_CONTROL_TABLE },
    messages: { ...table, name: environment.WAFLEET_MESSAGES_TABLE },
    push: createPush(managementApi(environment.WAFLEET_MANAGEMENT_ENDPOINT)),
    log: createLogger("dispatch", environment.WAFLEET_LOG_LEVEL),
    retentionDays: environment.WAFLEET_MESSAGE_RETENTION_DAYS,
  });
});
