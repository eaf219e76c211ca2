import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { sqs } from "#shared/aws/clients.ts";
import { createOperatorApi } from "./operator-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("operator");
  const { deps, client } = wireApi("operator", environment);
  const { now } = deps;
  return createOperatorApi({
    ...deps,
    messages: { client, name: environment.WAFLEET_MESSAGES_TABLE, now },
    fleet: { client, name: environment.WAFLEET_FLEET_TABLE, now },
    queues: {
      client: sqs(),
      commandsUrl: environment.WAFLEET_COMMANDS_QUEUE_URL,
      eventsUrl: environment.WAFLEET_EVENTS_QUEUE_URL,
    },
    shards: environment.WAFLEET_SHARDS,
  });
});
