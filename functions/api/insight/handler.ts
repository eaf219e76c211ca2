import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { createInsightApi } from "./insight-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("insight");
  const { deps, client } = wireApi("insight", environment);
  const messages = { client, name: environment.WAFLEET_MESSAGES_TABLE, now: deps.now };
  return createInsightApi({ ...deps, messages });
});
