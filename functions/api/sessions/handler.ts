import { setTimeout as sleep } from "node:timers/promises";
import { wireApi } from "#functions/api/wire-api.ts";
import { createFleetService, wakeFleet } from "#functions/runner-fleet.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { noteCommands } from "#functions/note-commands.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { ecs, s3ForLinks, sqs } from "#shared/aws/clients.ts";
import { createBundleLinks } from "./bundle-links.ts";
import { createSessionsApi } from "./sessions-api.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("sessions");
  const { deps, client } = wireApi("sessions", environment);
  const service = createFleetService(ecs(), environment.WAFLEET_RUNNER_SERVICE);
  return createSessionsApi({
    ...deps,
    fleet: { client, name: environment.WAFLEET_FLEET_TABLE, now: deps.now },
    messages: { client, name: environment.WAFLEET_MESSAGES_TABLE, now: deps.now },
    commands: {
      client: sqs(),
      url: environment.WAFLEET_COMMANDS_QUEUE_URL,
      onSent: noteCommands(deps.log),
    },
    bundles: createBundleLinks(s3ForLinks(), environment.WAFLEET_BUNDLES_BUCKET),
    wakeFleet: () => wakeFleet(service),
    targets: environment.WAFLEET_TENANT_TARGETS,
    shards: environment.WAFLEET_SHARDS,
    sleep,
  });
});
