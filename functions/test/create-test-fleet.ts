import { createSchedule } from "#functions/schedule/create-schedule.ts";
import { wakeFleet } from "#functions/runner-fleet.ts";
import type { FleetService } from "#functions/runner-fleet.ts";
import type { Table } from "#functions/store/items.ts";
import { stdoutMetrics } from "#shared/metrics/stdout-metrics.ts";
import { metricsOff } from "#shared/resources/metrics.ts";
import type { Logger } from "pino";

/** A fleet of which nothing runs: how many workers there are asked for. */
export function createTestFleet(fleet: Table, log: Logger) {
  let workers = 0;
  const service: FleetService = {
    desired: async () => workers,
    scale: async (count) => void (workers = count),
  };
  return {
    workers: () => workers,
    wake: () => wakeFleet(service),
    /** The clock's look at it. */
    resize: createSchedule({
      fleet,
      service,
      shards: 1,
      perWorker: 1_000,
      maximum: 10,
      metrics: stdoutMetrics(metricsOff),
      log,
    }),
  };
}
