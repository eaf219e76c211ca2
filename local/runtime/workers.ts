import { setTimeout as wait } from "node:timers/promises";
import { startNodeProcess } from "./node-process.ts";
import type { Exit, NodeProcess } from "./node-process.ts";
import { restartDelayMs } from "./restart-delay.ts";

export type Worker = { id: string; pid: number; startedAt: number };

export type WorkerOptions = {
  /** More variables for this one. */
  env?: Record<string, string>;
  /** Node's own flags for this one, beside those of all. */
  nodeArgs?: string[];
};

export type WorkersOptions = {
  script: string;
  nodeArgs: string[];
  env: Record<string, string>;
  /** Starts a worker anew when it ends without having been asked to. */
  restart: boolean;
  newId: () => string;
  log: (source: string, line: string) => void;
};

export type Workers = AsyncDisposable & {
  list: () => Worker[];
  start: (options?: WorkerOptions) => Promise<Worker>;
  stop: (id: string, signal: "SIGTERM" | "SIGKILL") => Promise<Exit>;
};

type Entry = Worker & { process: NodeProcess; asked: boolean };

/** Runner processes of this machine: the ECS service of the local runtime. */
export function createWorkers(options: WorkersOptions): Workers {
  const entries = new Map<string, Entry>();
  const ending = new AbortController();

  async function start(own: WorkerOptions, crashes: number): Promise<Worker> {
    if (ending.signal.aborted) throw new Error("the workers are being stopped: start none");
    const id = options.newId();
    const startedAt = performance.now();
    const process = await startNodeProcess({
      script: options.script,
      nodeArgs: [...options.nodeArgs, ...(own.nodeArgs ?? [])],
      env: { ...options.env, ...own.env, WAFLEET_WORKER_ID: id },
      onLine: (line) => options.log(id, line),
    });
    const entry: Entry = { id, pid: process.pid, startedAt: Date.now(), process, asked: false };
    entries.set(id, entry);
    void process.exited.then(async (exit) => {
      entries.delete(id);
      if (entry.asked || ending.signal.aborted) return;
      const lived = performance.now() - startedAt;
      await afterCrash(id, exit, own, lived > longLifeMs ? 0 : crashes);
    });
    // Asked to end while it was starting: the end did not see it yet.
    if (ending.signal.aborted) await stopEntry(entry, "SIGKILL");
    return toWorker(entry);
  }

  async function afterCrash(id: string, exit: Exit, own: WorkerOptions, crashes: number) {
    const how = exit.signal ?? `code ${exit.code}`;
    if (!options.restart) return options.log(id, `ended by itself (${how})`);
    const delay = restartDelayMs(crashes);
    options.log(id, `ended by itself (${how}); another one starts in ${delay / 1000} s`);
    try {
      await wait(delay, undefined, { signal: ending.signal });
      await start(own, crashes + 1);
    } catch (error) {
      if (!ending.signal.aborted)
        options.log(id, `no other one could be started: ${String(error)}`);
    }
  }

  const stopAll = async () => {
    ending.abort();
    await Promise.all([...entries.values()].map((entry) => stopEntry(entry, "SIGTERM")));
  };
  return {
    list: () => [...entries.values()].map(toWorker),
    start: (own = {}) => start(own, 0),
    async stop(id, signal) {
      const entry = entries.get(id);
      if (entry) return stopEntry(entry, signal);
      throw new Error(`there is no worker ${id}: running are [${[...entries.keys()].join(", ")}]`);
    },
    [Symbol.asyncDispose]: stopAll,
  };
}

/** A worker that ran for so long had no trouble with its start. */
const longLifeMs = 60_000;

function stopEntry(entry: Entry, signal: "SIGTERM" | "SIGKILL"): Promise<Exit> {
  entry.asked = true;
  return entry.process.stop(signal);
}

function toWorker({ id, pid, startedAt }: Entry): Worker {
  return { id, pid, startedAt };
}
