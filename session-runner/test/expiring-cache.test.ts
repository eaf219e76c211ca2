import { expect, test } from "vitest";
import { DeviceCache } from "../whatsapp/device-cache.ts";
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

test("what is set anew, deleted or flushed in between leaves the rest to expire in its turn", () => {
  let now = 0;
  const cache = new ExpiringCache<number>(100, () => now);
  const live = () =>
    ["a", "b", "c", "d", "e"].filter((key) => cache.get(key) !== undefined).join("");
  for (const key of ["a", "b", "c", "d"]) {
    cache.set(key, now);
    now += 10;
  }
  cache.set("a", now);
  cache.del("b");
  now = 121;
  cache.set("e", now);
  expect(live()).toBe("ade");
  expect(cache.size).toBe(3);
  now = 141;
  cache.set("d", now);
  expect(live()).toBe("de");
  expect(cache.size).toBe(2);
  cache.flushAll();
  expect(cache.size).toBe(0);
  cache.set("b", now);
  now = 300;
  cache.set("c", now);
  expect(live()).toBe("c");
  expect(cache.size).toBe(1);
});

test("what is kept in the second half of its life lives anew", () => {
  let now = 0;
  const cache = new ExpiringCache<number>(100, () => now);
  cache.set("a", 1);
  cache.set("b", 2);
  now = 40;
  expect(cache.keep("a")).toBe(1);
  now = 60;
  expect(cache.keep("b")).toBe(2);
  now = 110;
  expect([cache.keep("a"), cache.keep("b"), cache.keep("c")]).toEqual([undefined, 2, undefined]);
  now = 155;
  expect(cache.get("b")).toBe(2);
});

test("the devices of several users are known when those of each are", async () => {
  const cache = new DeviceCache();
  cache.set("ada", [{ device: 0 }]);
  cache.set("nobody", []);
  expect(cache.keepAll(["ada"])).toBe(true);
  expect(cache.keepAll(["ada", "nobody"])).toBe(false);
  expect(cache.keepAll(["grace", "ada"])).toBe(false);
  expect(await cache.mget(["ada", "grace"])).toEqual({ ada: [{ device: 0 }], grace: undefined });
});
