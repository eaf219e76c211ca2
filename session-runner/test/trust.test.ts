import { afterEach, beforeEach, expect, test } from "vitest";
import { createTrust } from "../fleet/trust.ts";
import type { WorkerTrust } from "../fleet/trust.ts";

let now = 0;
let trust: WorkerTrust;

beforeEach(() => {
  now = 0;
  trust = createTrust(() => now);
  trust.confirm(0);
});
afterEach(() => trust.stop());

/** So long with the process running. */
function pass(ms: number): void {
  for (const end = now + ms; now < end; now += 100) void trust.awake;
}

test("a worker that beats is sure of its sessions; without beats it doubts before others may take them", () => {
  pass(2_000);
  expect(trust.sure).toBe(true);
  pass(3_000);
  expect([trust.awake, trust.sure]).toEqual([true, false]);
  trust.confirm(now);
  expect(trust.sure).toBe(true);
});

test("a process that stood still asks the fleet before it says another word", async () => {
  const beganBefore = now;
  now += 8_000;
  expect(trust.awake).toBe(false);
  let woken = false;
  const waiting = trust.whenAwake().then(() => (woken = true));
  trust.confirm(beganBefore);
  await Promise.resolve();
  expect([trust.awake, woken]).toEqual([false, false]);
  trust.confirm(now);
  await waiting;
  expect(trust.awake).toBe(true);
});
