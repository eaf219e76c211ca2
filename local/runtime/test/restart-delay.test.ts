import { expect, test } from "vitest";
import { restartDelayMs } from "../restart-delay.ts";

test("a worker that keeps crashing is started ever more rarely, up to a limit", () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 50].map(restartDelayMs);
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});
