import type { FleetService } from "#functions/runner-fleet.ts";
import * as fleetStore from "#functions/store/fleet.ts";
import * as wantedSessions from "#functions/store/wanted-sessions.ts";
import type { Table } from "#functions/store/items.ts";
import type { Metrics } from "#shared/metrics/create-metrics.ts";
import type { Logger } from "pino";
import { countUnowned } from "./count-unowned.ts";
import { wantedWorkers } from "./wanted-workers.ts";

export type ScheduleDeps = {
  fleet: Table;
  service: FleetService;
  shards: number;
  perWorker: number;
  maximum: number;
  metrics: Metrics;
  log: Logger;
};

/** Sets the number of workers by how many sessions want to be connected, or by what one is awaited for. */
export function createSchedule(deps: ScheduleDeps): () => Promise<{ workers: number }> {
  const { fleet, service, shards, perWorker, maximum, metrics, log } = deps;
  return async () => {
    const [sessions, current] = await Promise.all([
      wantedSessions.count(fleet, shards),
      service.desired(),
    ]);
    const isAwaited = sessions === 0 && (await fleetStore.isAwaited(fleet));
    const carried = isAwaited ? 1 : sessions;
    const workers = wantedWorkers({ sessions: carried, perWorker, maximum, current });
    if (workers !== current) {
      await service.scale(workers);
      log.info({ sessions, from: current, to: workers }, "fleet resized");
    }
    // An empty fleet is neither looked into nor measured.
    if (sessions > 0) {
      metrics.add("SessionsWanted", sessions);
      metrics.add("ShardsUnowned", await countUnowned(fleet, shards));
      metrics.flush();
    }
    return { workers };
  };
}
