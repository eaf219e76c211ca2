import { createFleetService } from "#functions/runner-fleet.ts";
import { lambdaEntry } from "#functions/lambda-entry.ts";
import { createLogger } from "#functions/logger.ts";
import { readEnvironment } from "#functions/read-environment.ts";
import { dynamodb, ecs } from "#shared/aws/clients.ts";
import { stdoutMetrics } from "#shared/metrics/stdout-metrics.ts";
import { createSchedule } from "./create-schedule.ts";

export const handler = lambdaEntry(() => {
  const environment = readEnvironment("schedule");
  return createSchedule({
    fleet: { client: dynamodb(), name: environment.WAFLEET_FLEET_TABLE, now: Date.now },
    service: createFleetService(ecs(), environment.WAFLEET_RUNNER_SERVICE),
    shards: environment.WAFLEET_SHARDS,
    perWorker: environment.WAFLEET_SESSIONS_PER_WORKER,
    maximum: environment.WAFLEET_MAX_WORKERS,
    metrics: stdoutMetrics(environment.WAFLEET_METRICS),
    log: createLogger("schedule", environment.WAFLEET_LOG_LEVEL),
  });
});
