import { expect, test } from "vitest";
import { keepWorkers } from "../keep-workers.ts";
import type { Worker } from "../workers.ts";

function fakeWorkers() {
  const list: Worker[] = [];
  return {
    list: () => [...list],
    async start() {
      const worker = { id: `w-${list.length}`, pid: list.length, startedAt: 0 };
      list.push(worker);
      return worker;
    },
    async stop(id: string) {
      list.splice(
        list.findIndex((one) => one.id === id),
        1,
      );
      return { code: 0, signal: null };
    },
  };
}

test("a count that comes in the instant in which the former is reached is reached too", async () => {
  for (let turns = 0; turns < 10; turns += 1) {
    const workers = fakeWorkers();
    const keep = keepWorkers(workers, (error) => expect.unreachable(String(error)));
    const first = keep(1);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    await Promise.all([first, keep(2)]);
    expect(workers.list(), `after ${turns} turns`).toHaveLength(2);
    await keep(0);
    expect(workers.list()).toHaveLength(0);
    await keep(0);
  }
});

test("an error is told, and the next count is tried", async () => {
  const errors: unknown[] = [];
  const workers = fakeWorkers();
  const refusal = new Error("no room");
  const start = () => Promise.reject(refusal);
  const state = { refuses: true };
  const keep = keepWorkers(
    { ...workers, start: () => (state.refuses ? start() : workers.start()) },
    (error) => errors.push(error),
  );
  await keep(1);
  expect(errors).toEqual([refusal]);
  state.refuses = false;
  await keep(1);
  expect(workers.list()).toHaveLength(1);
});
