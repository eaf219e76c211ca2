import { wantedWorkers } from "#functions/schedule/wanted-workers.ts";
import { expect, test } from "vitest";

const limits = { perWorker: 100, maximum: 5 };

test("nobody wants to be connected: no worker runs", () => {
  expect(wantedWorkers({ sessions: 0, current: 3, ...limits })).toBe(0);
});

test("one session is enough for one worker", () => {
  expect(wantedWorkers({ sessions: 1, current: 0, ...limits })).toBe(1);
});

test("workers come as soon as they are needed, up to the limit", () => {
  expect(wantedWorkers({ sessions: 101, current: 1, ...limits })).toBe(2);
  expect(wantedWorkers({ sessions: 9_000, current: 2, ...limits })).toBe(5);
});

test("a worker goes only when the others keep some room", () => {
  expect(wantedWorkers({ sessions: 99, current: 2, ...limits })).toBe(2);
  expect(wantedWorkers({ sessions: 80, current: 2, ...limits })).toBe(1);
});
