import { expect, test } from "vitest";
import { shardKey } from "#shared/items/fleet-item.ts";
import { startLoneWorker } from "./start-lone-worker.ts";

test("a worker goes on beating while a session of a shard that it lost does not end", async () => {
  const { worker, owners, beats } = startLoneWorker();
  await worker.start();
  expect(owners.size).toBe(2);
  owners.set(0, { ...shardKey(0), shard: 0, workerId: "worker-1", generation: 9 });
  const before = beats();
  await expect.poll(beats, { timeout: 20_000 }).toBeGreaterThan(before + 2);
  expect(owners.get(1)?.workerId).toBe("worker-0");
});
