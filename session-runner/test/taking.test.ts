import type { Logger } from "pino";
import { expect, test } from "vitest";
import { afterAllSessions, shardKey } from "#shared/items/fleet-item.ts";
import type { ShardItem } from "#shared/items/fleet-item.ts";
import type { FleetStore } from "../fleet/fleet-store.ts";
import type { ShardOwner } from "../fleet/shard-owner.ts";
import { Taking } from "../fleet/taking.ts";

const nothing = () => undefined;

function scene() {
  const item: ShardItem = {
    ...shardKey(0),
    shard: 0,
    workerId: "me",
    generation: 1,
    giver: "giver",
  };
  let asked = 0;
  const store = {
    ask: async () => {
      asked += 1;
      return true;
    },
    listShards: async () => [item],
    endGiving: async () => undefined,
  } as unknown as FleetStore;
  const log = { info: nothing, warn: nothing } as unknown as Logger;
  const taking = new Taking({
    workerId: "me",
    store,
    log,
    isAlive: () => true,
    clock: () => performance.now(),
  });
  const begun: string[] = [];
  const come = (name: string) =>
    taking.add({
      shard: 0,
      giver: "giver",
      owner: {
        upToNext: async () => afterAllSessions,
        startUpTo: async () => {
          begun.push(`${name}: sessions`);
          return [];
        },
      } as unknown as ShardOwner,
      startIntake: () => begun.push(`${name}: commands`),
    });
  return { taking, item, come, begun, asked: () => asked };
}

test("a shard that is lost on its way here, and comes again, is taken by its new owner", async () => {
  const { taking, item, come, begun, asked } = scene();
  come("first");
  await expect.poll(() => begun).toEqual(["first: commands"]);
  taking.drop(0);
  come("second");
  item.given = afterAllSessions;
  await expect
    .poll(() => begun)
    .toEqual(["first: commands", "second: commands", "second: sessions"]);
  expect(asked()).toBe(2);
  await expect.poll(() => taking.busy).toBe(false);
});

test("what is lost before the giver has heard of it takes no commands", async () => {
  const { taking, come, begun } = scene();
  come("first");
  taking.drop(0);
  await expect.poll(() => taking.busy).toBe(false);
  expect(begun).toEqual([]);
});
