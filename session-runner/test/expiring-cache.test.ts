import { expect, test } from "vitest";
import { ExpiringCache } from "../whatsapp/expiring-cache.ts";

test("a cache gives what is not too old, and keeps nothing that is", () => {
  let now = 0;
  const cache = new ExpiringCache<number>(100, () => now);
  cache.set("a", 1);
  now = 60;
  cache.set("b", 2);
  cache.set("a", 3);
  now = 120;
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([3, 2, undefined]);
  now = 160;
  expect([cache.get("a"), cache.get("b")]).toEqual([undefined, undefined]);
  cache.set("c", 4);
  cache.del("c");
  expect(cache.get("c")).toBeUndefined();
});
