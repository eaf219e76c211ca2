// The workers of a run: they come, crash, freeze, are cut off and drain as the seed says.
import type { Worker } from "#session-runner/fleet/worker.ts";
import type { Cluster } from "./cluster.ts";
import type { Weather } from "./weather.ts";
import type { SimulatedProcess, World } from "./world.ts";

type Running = { process: SimulatedProcess; worker: Worker };

export type FaultyFleet = {
  /** Does one thing to one worker. */
  strike(): void;
};

export function startFaultyFleet(
  world: World,
  cluster: Cluster,
  weather: Weather,
  size: number,
  stormMs: number,
): FaultyFleet {
  const { random } = world;
  const slots: (Running | undefined)[] = [];
  let started = 0;

  function start(slot: number): void {
    started += 1;
    const process = world.startProcess(`w${slot}-${started}`);
    process.onCrash.push(() => {
      slots[slot] = undefined;
      world.after(300 + random.next() * 8_000, undefined, () => start(slot));
    });
    world.after(0, process, () => {
      const worker = cluster.createWorker(process.id);
      slots[slot] = { process, worker };
      world.note("starts");
      void worker.start();
    });
  }

  /** A deploy: the next one starts, this one hands over. */
  function replace(slot: number, { process, worker }: Running): void {
    slots[slot] = undefined;
    process.onCrash.length = 0;
    const startNext = () => start(slot);
    world.after(random.next() * 4_000, undefined, startNext);
    world.after(random.next() * 4_000, process, () => {
      world.note("drains");
      void worker.drain().then(() => world.crash(process));
    });
    world.after(120_000, undefined, () => world.crash(process));
  }

  for (let slot = 0; slot < size; slot += 1) {
    world.after(random.next() * 3_000, undefined, () => start(slot));
  }

  return {
    strike() {
      const slot = random.integer(0, size - 1);
      const running = slots[slot];
      if (!running) return;
      const kind = random.pick(["crash", "freeze", "freeze", "cut", "replace"] as const);
      if (kind === "crash") world.crash(running.process);
      if (kind === "freeze") {
        const most = Math.min(40_000, stormMs - world.elapsed);
        world.freeze(running.process, 500 + random.next() ** 2 * most);
      }
      if (kind === "replace") replace(slot, running);
      if (kind === "cut" && weather.stormy) {
        world.note(`${running.process.id} is cut from the stores`);
        cluster.network.cut(running.process, world.elapsed + 1_000 + random.next() * 20_000);
      }
    },
  };
}
