// The clock, the scheduler and the processes of one simulated run. Nothing here takes real time:
// the clock jumps to whatever comes next, and between two steps all promises come to rest.
import { AsyncLocalStorage } from "node:async_hooks";
import { Agenda } from "./agenda.ts";
import { realSetImmediate } from "./real-timers.ts";
import type { SeededRandom } from "./seeded-random.ts";
import { createSeededRandom } from "./seeded-random.ts";

/** One incarnation of a worker's process. A crash ends it between two steps, for good. */
export type SimulatedProcess = {
  id: string;
  alive: boolean;
  frozen: boolean;
  /** The last moment in which it was frozen or cut from the stores, milliseconds since 1970. */
  hinderedUntil: number;
  /** What would have happened while it was frozen, in order. */
  held: (() => void)[];
  onCrash: (() => void)[];
};

/** 2026-01-01: ids made of times stay valid. */
const startOfTime = Date.UTC(2026, 0, 1);

const running = new AsyncLocalStorage<SimulatedProcess | undefined>();

export class World {
  random: SeededRandom;
  trace: string[] | undefined;
  steps = 0;
  /** By how much a process's timers are late at most. */
  timerLagMs = 0;
  #agenda = new Agenda();
  #now = 0;

  constructor(seed: number, traced: boolean) {
    this.random = createSeededRandom(seed);
    if (traced) this.trace = [];
  }

  /** Virtual milliseconds since the run began. */
  get elapsed(): number {
    return this.#now;
  }

  /** Virtual milliseconds since 1970. */
  now = (): number => startOfTime + Math.floor(this.#now);

  /** The process whose code runs at this moment; undefined for the world around. */
  get current(): SimulatedProcess | undefined {
    return running.getStore();
  }

  note(line: string): void {
    if (!this.trace) return;
    const who = this.current?.id ?? "world";
    this.trace.push(`${(this.#now / 1_000).toFixed(3).padStart(9)} ${who.padEnd(8)} ${line}`);
  }

  /** Runs `work` after so long, in the process given: later if that is frozen, never if it is dead. */
  after(delayMs: number, process: SimulatedProcess | undefined, work: () => void): () => void {
    let cancelled = false;
    const step = (): void => {
      if (cancelled || (process && !process.alive)) return;
      if (process?.frozen) {
        process.held.push(step);
        return;
      }
      running.run(process, work);
    };
    this.#agenda.add(this.#now + Math.max(0, delayMs), step);
    return () => (cancelled = true);
  }

  startProcess(id: string): SimulatedProcess {
    return { id, alive: true, frozen: false, hinderedUntil: 0, held: [], onCrash: [] };
  }

  crash(process: SimulatedProcess): void {
    if (!process.alive) return;
    this.note(`${process.id} CRASHES`);
    process.alive = false;
    process.held = [];
    for (const listener of process.onCrash.splice(0)) running.run(undefined, listener);
  }

  freeze(process: SimulatedProcess, forMs: number): void {
    if (process.frozen || !process.alive) return;
    this.note(`${process.id} FREEZES for ${forMs} ms`);
    process.frozen = true;
    this.hinder(process, forMs);
    this.after(forMs, undefined, () => {
      if (process.alive) this.note(`${process.id} goes on`);
      process.frozen = false;
      for (const step of process.held.splice(0)) this.after(0, undefined, step);
    });
  }

  /** Notes that a process gets nowhere for so long, through no fault of its own. */
  hinder(process: SimulatedProcess, forMs: number): void {
    process.hinderedUntil = Math.max(process.hinderedUntil, this.now() + forMs);
  }

  /** Takes steps until `done` holds or the virtual time is over. */
  async run(untilMs: number, done: () => boolean = () => false): Promise<void> {
    while (!done()) {
      const { nextAt } = this.#agenda;
      if (nextAt === undefined || nextAt > untilMs) {
        this.#now = untilMs;
        return;
      }
      const entry = this.#agenda.takeFirst();
      if (!entry) return;
      this.#now = entry.at;
      this.steps += 1;
      running.run(undefined, entry.run);
      await new Promise<void>((resolve) => void realSetImmediate(resolve));
    }
  }
}
