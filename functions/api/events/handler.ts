import { setTimeout as sleep } from "node:timers/promises";
import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createEventsApi } from "./events-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("events");
  const { deps, client } = wireApi("events", environment);
  const messages = { client, name: environment.WAFLEET_MESSAGES_TABLE, now: deps.now };
  const eventRetentionDays = environment.WAFLEET_EVENT_RETENTION_DAYS;
  return createEventsApi({ ...deps, messages, eventRetentionDays, sleep });
});
