import crypto, { randomBytes } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { afterAll, expect, test, vi } from "vitest";

/** Sizes that Node itself was asked for. */
const asked: number[] = [];
const ask = crypto.randomBytes;
crypto.randomBytes = (size: number, ...rest: []) => {
  asked.push(size);
  return ask(size, ...rest);
};
// Another test of this process may have loaded it.
vi.resetModules();
await import("../whatsapp/few-random-bytes.ts");

afterAll(() => {
  crypto.randomBytes = ask;
  syncBuiltinESMExports();
});

test("few bytes are taken from many, each once, and each as likely as another", () => {
  const before = asked.length;
  const seen = new Map<number, number>();
  for (let i = 0; i < 25_600; i += 1) {
    const byte = randomBytes(1).readUInt8();
    seen.set(byte, (seen.get(byte) ?? 0) + 1);
  }
  expect(asked.length - before).toBeLessThanOrEqual(26);
  expect(seen.size).toBe(256);
  // 100 of each are expected, with a standard deviation of 10.
  expect(Math.min(...seen.values())).toBeGreaterThan(30);
  expect(Math.max(...seen.values())).toBeLessThan(170);
});

test("bytes that were given are nobody else's", () => {
  const first = randomBytes(4);
  const second = randomBytes(4);
  const kept = Buffer.from(second);
  first.fill(0);
  expect(second).toEqual(kept);
});

test("keys, and what is not a number of bytes, are Node's own affair", async () => {
  const before = asked.length;
  expect(randomBytes(5)).toHaveLength(5);
  expect(randomBytes(32)).toHaveLength(32);
  expect(asked.slice(before)).toEqual([5, 32]);
  expect(randomBytes(0)).toHaveLength(0);
  expect(() => randomBytes(-1)).toThrow(RangeError);
  const later = Promise.withResolvers<Buffer>();
  randomBytes(2, (error, bytes) => (error ? later.reject(error) : later.resolve(bytes)));
  expect(await later.promise).toHaveLength(2);
});
