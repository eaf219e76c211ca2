// Puts a world's clock in the place of Node's timers while a simulation runs, for code that imports
// them by name as well: the bindings of built-in modules are live.
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";
import type { SimulatedProcess, World } from "./world.ts";

type Handle = { cancel: () => void; start: () => void; unref(): Handle; ref(): Handle };

type Work = (...values: unknown[]) => void;

/** @returns what puts Node's own timers back */
export function installVirtualTimers(world: World): () => void {
  const names = [
    "setTimeout",
    "clearTimeout",
    "setInterval",
    "clearInterval",
    "setImmediate",
  ] as const;
  const saved = names.map((name) => [name, globalThis[name]] as const);
  const savedPromises = { setTimeout: timers.setTimeout, setImmediate: timers.setImmediate };
  const savedNow = Date.now;
  const savedClock = performance.now.bind(performance);

  const replacements = {
    setTimeout: (work: Work, delay = 0, ...values: unknown[]) =>
      schedule(world, () => work(...values), delay, false),
    setInterval: (work: Work, delay = 0, ...values: unknown[]) =>
      schedule(world, () => work(...values), delay, true),
    setImmediate: (work: Work, ...values: unknown[]) =>
      schedule(world, () => work(...values), 0, false),
    clearTimeout: (handle?: Handle) => handle?.cancel(),
    clearInterval: (handle?: Handle) => handle?.cancel(),
  };
  Object.assign(globalThis, replacements);
  Object.assign(timers, {
    setTimeout: (delay: number, value?: unknown, options?: { signal?: AbortSignal }) =>
      sleep(world, delay, value, options?.signal),
    setImmediate: (value?: unknown) => sleep(world, 0, value, undefined),
  });
  Date.now = world.now;
  performance.now = () => world.elapsed;
  syncBuiltinESMExports();

  return () => {
    for (const [name, original] of saved) Object.assign(globalThis, { [name]: original });
    Object.assign(timers, savedPromises);
    Date.now = savedNow;
    performance.now = savedClock;
    syncBuiltinESMExports();
  };
}

/** When the last timer of each process and delay fires: those of one delay fire in their order. */
const lastTimers = new WeakMap<SimulatedProcess, Map<number, number>>();

/** As after a busy turn of the event loop: late, never early. */
function lateBy(world: World, delay: number): number {
  const { current, timerLagMs, random, elapsed } = world;
  if (!current || timerLagMs === 0 || delay === 0) return delay;
  const ofProcess = lastTimers.get(current) ?? new Map<number, number>();
  lastTimers.set(current, ofProcess);
  const at = Math.max(elapsed + delay + random.next() * timerLagMs, ofProcess.get(delay) ?? 0);
  ofProcess.set(delay, at);
  return at - elapsed;
}

function schedule(world: World, work: () => void, delay: number, again: boolean): Handle {
  const process = world.current;
  const handle: Handle = {
    cancel: () => undefined,
    start() {
      handle.cancel();
      handle.cancel = world.after(lateBy(world, delay), process, () => {
        if (again) handle.start();
        work();
      });
    },
    unref: () => handle,
    ref: () => handle,
  };
  handle.start();
  return Object.assign(handle, { refresh: () => (handle.start(), handle) });
}

function sleep(
  world: World,
  delay: number,
  value: unknown,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new DOMException("aborted", "AbortError"));
    if (signal?.aborted) return fail();
    const cancel = world.after(lateBy(world, delay), world.current, () => {
      signal?.removeEventListener("abort", abort);
      resolve(value);
    });
    function abort(): void {
      cancel();
      fail();
    }
    signal?.addEventListener("abort", abort, { once: true });
  });
}
