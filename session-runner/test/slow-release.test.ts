import type { SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import type { ShardItem } from "#shared/items/fleet-item.ts";
import { shardKey, wantedKey } from "#shared/items/fleet-item.ts";
import type { FleetStore } from "../fleet/fleet-store.ts";
import { createTrust } from "../fleet/trust.ts";
import { Worker } from "../fleet/worker.ts";
import type { SessionDeps } from "../session/deps.ts";

const nothing = () => undefined;

/** A fleet of one worker with two shards, whose one session never comes to its end. */
function startFleet() {
  const beats = new Map<string, number>();
  const owners = new Map<number, ShardItem>();
  const session = { ...wantedKey(0, "ses_1"), sessionId: "ses_1", accountId: "acc_1" };
  const store: Partial<FleetStore> = {
    beat: async ({ workerId, beat }) => void beats.set(workerId, beat),
    leave: async (workerId) => void beats.delete(workerId),
    bury: async () => undefined,
    listWorkers: async () => [],
    listShards: async () => [...owners.values()],
    claim: async (shard, seen, workerId) => {
      const generation = (seen?.generation ?? 0) + 1;
      owners.set(shard, { ...shardKey(shard), shard, workerId, generation });
      return true;
    },
    release: async (shard) => void owners.delete(shard),
    listWanted: async (shard) => (shard === 0 ? [{ ...session, connectId: "evt_1" }] : []),
    unwant: async () => undefined,
  };
  const queue = {
    send: (_command: unknown, options?: { abortSignal?: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        options?.abortSignal?.addEventListener("abort", () => reject(new Error("aborted")));
      }),
  } as unknown as SQSClient;
  const sessions = {
    loads: { enter: () => new Promise(nothing) },
    messages: {},
    sender: { stop: nothing },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    now: Date.now,
    random: Math.random,
  } as unknown as SessionDeps;
  const worker = new Worker({
    workerId: "worker-0",
    shards: 2,
    store: store as FleetStore,
    sessions,
    sqs: queue,
    consumer: queue,
    commandsQueueUrl: "commands-{shard}.fifo",
    clock: () => performance.now(),
    trust: createTrust(() => performance.now()),
  });
  return { worker, owners, beats: () => beats.get("worker-0") ?? 0 };
}

test("a worker goes on beating while a session of a shard that it lost does not end", async () => {
  const { worker, owners, beats } = startFleet();
  await worker.start();
  expect(owners.size).toBe(2);
  owners.set(0, { ...shardKey(0), shard: 0, workerId: "worker-1", generation: 9 });
  const before = beats();
  await expect.poll(beats, { timeout: 20_000 }).toBeGreaterThan(before + 2);
  expect(owners.get(1)?.workerId).toBe("worker-0");
});
