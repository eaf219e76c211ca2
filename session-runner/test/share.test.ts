import { expect, test } from "vitest";
import { deadAfterMs, Liveness } from "../fleet/liveness.ts";
import { nextMoves } from "../fleet/share.ts";

const owned = (...workers: string[]) =>
  workers.map((workerId, shard) => ({ pk: "", sk: "", shard, workerId, generation: 1 }));

test("a lone worker takes every shard", () => {
  const alone = new Set(["a"]);
  const moves = nextMoves({ me: "a", shards: 4, owners: [], sharing: alone, holding: alone });
  expect(moves).toMatchObject({ claim: [0, 1, 2, 3], release: [] });
});

test("two workers each take half, and the crowded one gives up one shard at a time", () => {
  const sharing = new Set(["a", "b"]);
  const both = { sharing, holding: sharing };
  const crowded = { me: "a", shards: 4, owners: owned("a", "a", "a", "a"), ...both };
  expect(nextMoves(crowded)).toMatchObject({ claim: [], release: [3] });
  const owners = owned("a", "a", "a", "");
  expect(nextMoves({ me: "b", shards: 4, owners, ...both }).claim).toEqual([3]);
  expect(nextMoves({ me: "a", shards: 4, owners, ...both })).toMatchObject({
    claim: [],
    release: [],
  });
});

test("a third worker gets a shard although the other two hold no more than their even share", () => {
  const sharing = new Set(["a", "b", "c"]);
  const view = { shards: 4, owners: owned("a", "a", "b", "b"), sharing, holding: sharing };
  expect(nextMoves({ ...view, me: "a" }).release).toEqual([1]);
  expect(nextMoves({ ...view, me: "b" }).release).toEqual([]);
  expect(nextMoves({ ...view, me: "c" }).lacking).toBe(true);
  const freed = owned("a", "", "b", "b");
  expect(nextMoves({ ...view, me: "c", owners: freed }).claim).toEqual([1]);
  const even = owned("a", "c", "b", "b");
  for (const me of sharing) {
    expect(nextMoves({ ...view, me, owners: even })).toEqual({
      claim: [],
      release: [],
      lacking: false,
    });
  }
});

test("a dead worker's shards are taken, within the even share", () => {
  const sharing = new Set(["a", "c"]);
  const owners = owned("b", "b", "b", "b");
  const view = { me: "a", shards: 4, owners, sharing };
  expect(nextMoves({ ...view, holding: new Set(["a", "b", "c"]) }).claim).toEqual([]);
  expect(nextMoves({ ...view, holding: sharing }).claim).toEqual([0, 1]);
});

test("a worker is dead when its beat stands still on the watcher's own clock", () => {
  let now = 0;
  const liveness = new Liveness(() => now);
  const worker = (beat: number) => [
    { pk: "", sk: "", workerId: "b", beat, draining: false, expiresAt: 0 },
  ];
  const look = (beat: number) => liveness.observe(worker(beat));
  expect(look(7).holding.has("b")).toBe(true);
  expect(look(7).sharing.has("b")).toBe(false);
  now += deadAfterMs - 1;
  expect(look(7).holding.has("b")).toBe(true);
  now += 1;
  expect(look(7).dead.map(({ workerId }) => workerId)).toEqual(["b"]);
  expect(look(8).sharing.has("b")).toBe(true);
});
