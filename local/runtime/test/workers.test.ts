import { expect, onTestFinished, test } from "vitest";
import { createWorkers } from "../workers.ts";
import type { WorkersOptions } from "../workers.ts";
import { isAlive } from "./is-alive.ts";
import { obedient, scriptedRunner } from "./scripted-runner.ts";

async function create(code: string, options: Partial<WorkersOptions> = {}) {
  const lines: string[] = [];
  let count = 0;
  const workers = createWorkers({
    script: await scriptedRunner(code),
    nodeArgs: [],
    env: {},
    restart: false,
    newId: () => `worker-${(count += 1)}`,
    log: (source, line) => lines.push(`${source}: ${line}`),
    ...options,
  });
  onTestFinished(() => workers[Symbol.asyncDispose]());
  return { ...workers, lines };
}

test("a worker gets the variables of all, its own, and its id; what it prints is heard", async () => {
  const code = `const { ALL, OWN, WAFLEET_WORKER_ID } = process.env;
    console.log([ALL, OWN, WAFLEET_WORKER_ID].join(" "));
    console.error("and stderr");${obedient}`;
  const { start, list, lines } = await create(code, { env: { ALL: "all", OWN: "overruled" } });
  const worker = await start({ env: { OWN: "own" } });
  expect(list()).toEqual([worker]);
  await expect.poll(() => lines).toContain("worker-1: all own worker-1");
  await expect.poll(() => lines).toContain("worker-1: and stderr");
});

test("SIGTERM lets a worker end in peace, SIGKILL does not", async () => {
  const { start, stop, list, lines } = await create(obedient);
  const first = await start();
  const second = await start();
  expect(await stop(first.id, "SIGTERM")).toEqual({ code: 0, signal: null });
  expect(await stop(second.id, "SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
  expect(lines).toEqual(["worker-1: asked to end"]);
  expect(list()).toEqual([]);
  await expect(stop(first.id, "SIGTERM")).rejects.toThrow("there is no worker worker-1");
});

test("a worker that ends before it is ready fails its start with what it printed", async () => {
  const { start, list } = await create(`console.error("no such table"); process.exit(78);`);
  await expect(start()).rejects.toThrow(/ended before it was ready \(code 78\):\nno such table/);
  expect(list()).toEqual([]);
});

test("a worker that dies by itself is replaced, under another id", async () => {
  const { start, list, lines } = await create(obedient, { restart: true });
  const { pid } = await start();
  process.kill(pid, "SIGKILL");
  await expect.poll(() => list().map(({ id }) => id)).toEqual(["worker-2"]);
  expect(lines).toContain("worker-1: ended by itself (SIGKILL)");
});

test("a worker that was asked to end is not replaced, and neither is one among many at the end", async () => {
  const workers = await create(obedient, { restart: true });
  const [first, second] = [await workers.start(), await workers.start()];
  await workers.stop(first.id, "SIGKILL");
  await workers[Symbol.asyncDispose]();
  expect([first.pid, second.pid].map(isAlive)).toEqual([false, false]);
  expect(workers.list()).toEqual([]);
  expect(workers.lines).toEqual(["worker-2: asked to end"]);
});
