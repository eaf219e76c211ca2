import type { Logger } from "pino";
import { expect, test } from "vitest";
import { afterAllSessions, shardKey } from "#shared/items/fleet-item.ts";
import type { ShardItem } from "#shared/items/fleet-item.ts";
import type { FleetStore } from "../fleet/fleet-store.ts";
import { Giving } from "../fleet/giving.ts";
import type { Intake } from "../fleet/intake.ts";
import type { ShardOwner } from "../fleet/shard-owner.ts";

const nothing = () => undefined;

/** Each read of the shards waits until it is answered, with what the shards were when it was made. */
function scene() {
  let item: ShardItem = { ...shardKey(0), shard: 0, workerId: "me", generation: 1 };
  const offering = Promise.withResolvers<void>();
  const reads: (() => void)[] = [];
  const done: string[] = [];
  const store = {
    async offer() {
      item = { ...item, workerId: "", giver: "me" };
      await offering.promise;
      return true;
    },
    listShards() {
      const { promise, resolve } = Promise.withResolvers<ShardItem[]>();
      const items = [item];
      reads.push(() => resolve(items));
      return promise;
    },
    give: async () => true,
    endGiving: async () => undefined,
    release: async () => undefined,
  } as unknown as FleetStore;
  const owner = {
    give: async (upTo: string) => void done.push(`gives up to ${upTo}`),
    release: async () => void done.push("gives all"),
  } as unknown as ShardOwner;
  const intake = { stop: nothing, settled: async () => undefined } as unknown as Intake;
  const log = { info: nothing, warn: nothing } as unknown as Logger;
  const giving = new Giving({ workerId: "me", store, log });
  return {
    giving,
    reads,
    done,
    offer: () => giving.offer(0, { owner, intake }),
    offered: () => offering.resolve(),
    ask: (asked: string) => (item = { ...item, workerId: "other", asked }),
  };
}

test("an offer that a read of the shards does not show yet keeps its sessions", async () => {
  const { giving, reads, done, offer, offered, ask } = scene();
  // The first read is made before the offer, and answered after it.
  const offering = offer();
  offered();
  await offering;
  reads.shift()?.();
  await new Promise(setImmediate);
  expect(done).toEqual([]);
  /** Answers reads until something has come of them. */
  const isDone = (what: string[]) =>
    expect
      .poll(() => {
        reads.shift()?.();
        return done;
      })
      .toEqual(what);
  ask("session-5");
  await isDone(["gives up to session-5"]);
  ask(afterAllSessions);
  await isDone(["gives up to session-5", "gives all"]);
  await giving.done();
});
