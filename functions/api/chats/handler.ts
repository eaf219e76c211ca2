import { setTimeout as sleep } from "node:timers/promises";
import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { sqs } from "#shared/aws/clients.ts";
import { createChatsApi } from "./chats-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("chats");
  const { deps, client } = wireApi("chats", environment);
  const { now } = deps;
  return createChatsApi({
    ...deps,
    messages: { client, name: environment.WAFLEET_MESSAGES_TABLE, now },
    fleet: { client, name: environment.WAFLEET_FLEET_TABLE, now },
    commands: { client: sqs(), url: environment.WAFLEET_COMMANDS_QUEUE_URL },
    sleep: (milliseconds) => sleep(milliseconds),
  });
});
