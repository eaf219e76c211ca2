import { setTimeout as sleep } from "node:timers/promises";
import { wireApi } from "#functions/api/wire-api.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { s3, sqs } from "#shared/aws/clients.ts";
import { createBundleLinks } from "./bundle-links.ts";
import { createSessionsApi } from "./sessions-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("sessions");
  const { deps, client } = wireApi("sessions", environment);
  return createSessionsApi({
    ...deps,
    fleet: { client, name: environment.WAFLEET_FLEET_TABLE, now: deps.now },
    commands: { client: sqs(), url: environment.WAFLEET_COMMANDS_QUEUE_URL },
    bundles: createBundleLinks(s3(), environment.WAFLEET_BUNDLES_BUCKET),
    shards: environment.WAFLEET_SHARDS,
    sleep,
  });
});
