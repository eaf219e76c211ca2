import { expect, test } from "vitest";
import { deadAfterMs, Liveness } from "../fleet/liveness.ts";
import { nextMoves } from "../fleet/share.ts";

const owned = (...workers: string[]) =>
  workers.map((workerId, shard) => ({ pk: "", sk: "", shard, workerId, generation: 1 }));

test("a lone worker takes every shard", () => {
  const moves = nextMoves({ me: "a", shards: 4, owners: [], living: new Set("a") });
  expect(moves).toEqual({ claim: [0, 1, 2, 3], release: [] });
});

test("two workers each take half, and the crowded one gives up one shard at a time", () => {
  const living = new Set(["a", "b"]);
  const crowded = { me: "a", shards: 4, owners: owned("a", "a", "a", "a"), living };
  expect(nextMoves(crowded)).toEqual({ claim: [], release: [3] });
  const owners = owned("a", "a", "a", "");
  expect(nextMoves({ me: "b", shards: 4, owners, living }).claim).toEqual([3]);
  expect(nextMoves({ me: "a", shards: 4, owners, living })).toEqual({ claim: [], release: [] });
});

test("a dead worker's shards are taken, within the even share", () => {
  const living = new Set(["a", "c"]);
  const owners = owned("b", "b", "b", "b");
  expect(nextMoves({ me: "a", shards: 4, owners, living }).claim).toEqual([0, 1]);
});

test("a worker is dead when its beat stands still on the watcher's own clock", () => {
  let now = 0;
  const liveness = new Liveness(() => now);
  const worker = (beat: number) => [
    { pk: "", sk: "", workerId: "b", beat, draining: false, expiresAt: 0 },
  ];
  expect(liveness.observe(worker(7)).has("b")).toBe(true);
  now += deadAfterMs - 1;
  expect(liveness.observe(worker(7)).has("b")).toBe(true);
  now += 1;
  expect(liveness.observe(worker(7)).has("b")).toBe(false);
  expect(liveness.observe(worker(8)).has("b")).toBe(true);
});
