import { awaitedKey, shardsPartition, wantedKey } from "#shared/items/fleet-item.ts";
import { wantedPrefix, workersPartition } from "#shared/items/fleet-item.ts";
import type { AwaitedItem, ShardItem, WantedItem, WorkerItem } from "#shared/items/fleet-item.ts";
import pMap from "p-map";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";

const concurrency = 8;

/** A worker that starts from nothing takes up to two minutes, and then has to do it. */
const awaitedMs = 5 * 60_000;

/** Somebody waits for what only a worker can do. */
export async function awaitWorker(fleet: Table): Promise<void> {
  const item: AwaitedItem = { ...awaitedKey(), expiresAt: expiryAt(fleet.now() + awaitedMs) };
  await items.put(fleet, item);
}

export async function isAwaited(fleet: Table): Promise<boolean> {
  return (await items.find<AwaitedItem>(fleet, awaitedKey())) !== undefined;
}

/** Workers whose heartbeat has not expired. */
export function workers(fleet: Table): Promise<WorkerItem[]> {
  return partition<WorkerItem>(fleet, workersPartition);
}

/** Shards that have ever been claimed. */
export function shards(fleet: Table): Promise<ShardItem[]> {
  return partition<ShardItem>(fleet, shardsPartition);
}

/** The sessions that want to be connected, of all shards. */
export async function wanted(fleet: Table, shardCount: number): Promise<WantedItem[]> {
  const numbers = Array.from({ length: shardCount }, (_, shard) => shard);
  const found = await pMap(
    numbers,
    (shard) => partition<WantedItem>(fleet, wantedKey(shard, "").pk, wantedPrefix),
    { concurrency },
  );
  return found.flat();
}

function partition<Item extends items.ItemKey>(
  fleet: Table,
  pk: string,
  prefix?: string,
): Promise<Item[]> {
  const found = items.query<Item>(fleet, {
    KeyConditionExpression: `pk = :pk${prefix === undefined ? "" : " AND begins_with(sk, :prefix)"}`,
    ExpressionAttributeValues: { ":pk": pk, ...(prefix !== undefined && { ":prefix": prefix }) },
  });
  return Array.fromAsync(found);
}
