import { queues } from "#shared/resources/queues.ts";
import { expect, test } from "vitest";
import { secondsUntilAgain } from "./seconds-until-again.ts";

/** From the first delivery to the last one. */
function patienceOf(error: Error): number {
  const waits = Array.from({ length: queues.events.maxReceiveCount - 1 }, (_, index) =>
    secondsUntilAgain(error, index + 1),
  );
  return waits.reduce((sum, seconds) => sum + seconds, 0);
}

const throttled = Object.assign(new Error("slow down"), { name: "ThrottlingException" });

test("events outlast an outage of the stores of four hours, and are there a moment after a short one", () => {
  expect(patienceOf(throttled)).toBeGreaterThan(4 * 3_600);
  expect(secondsUntilAgain(throttled, 1)).toBe(1);
});

test("what fails by itself holds up its session for ten minutes", () => {
  expect(patienceOf(new TypeError("a bug of ours"))).toBeCloseTo(600, -2);
});
