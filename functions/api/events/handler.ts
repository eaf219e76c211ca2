import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createEventsApi } from "./events-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("events");
  const { deps, client } = wireApi("events", environment);
  const messages = { client, name: environment.WAFLEET_MESSAGES_TABLE, now: deps.now };
  return createEventsApi({ ...deps, messages });
});
