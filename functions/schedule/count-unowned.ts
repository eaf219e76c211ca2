import * as fleetStore from "#functions/store/fleet.ts";
import type { Table } from "#functions/store/items.ts";

/** Shards that no worker with a fresh heartbeat holds. */
export async function countUnowned(fleet: Table, shards: number): Promise<number> {
  const [workers, owners] = await Promise.all([
    fleetStore.workers(fleet),
    fleetStore.shards(fleet),
  ]);
  const alive = new Set(workers.map(({ workerId }) => workerId));
  const owned = owners.filter(({ shard, workerId }) => shard < shards && alive.has(workerId));
  return shards - owned.length;
}
