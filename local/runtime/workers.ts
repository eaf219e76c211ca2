import { setTimeout as wait } from "node:timers/promises";
import { startNodeProcess, toText } from "./node-process.ts";
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

type Entry = Worker & { process: NodeProcess; asked: boolean; wasReady: boolean };

/** A worker that ran for so long had no trouble with its start. */
const longLifeMs = 60_000;
const startLimitMs = 60_000;

/** Runner processes of this machine: the ECS service of the local runtime. */
export function createWorkers(options: WorkersOptions): Workers {
  const entries = new Map<string, Entry>();
  const ending = new AbortController();

  async function start(own: WorkerOptions, crashes: number): Promise<Worker> {
    if (ending.signal.aborted) throw new Error("the workers are being stopped: start none");
    const id = options.newId();
    const process = await startNodeProcess({
      script: options.script,
      nodeArgs: [...options.nodeArgs, ...(own.nodeArgs ?? [])],
      env: { ...options.env, ...own.env, WAFLEET_WORKER_ID: id },
      onLine: (line) => options.log(id, line),
    });
    const startedAt = Date.now();
    const entry = { id, pid: process.pid, startedAt, process, asked: false, wasReady: false };
    entries.set(id, entry);
    void process.exited.then((exit) => {
      entries.delete(id);
      if (!entry.wasReady || entry.asked) return;
      options.log(id, `ended by itself (${toText(exit)})`);
      if (options.restart) void restart(own, Date.now() - startedAt > longLifeMs ? 0 : crashes);
    });
    // The end of all may have come before this one was among them.
    if (ending.signal.aborted) await stopEntry(entry, "SIGKILL");
    await untilReady(entry);
    return toWorker(entry);
  }

  async function restart(own: WorkerOptions, crashes: number): Promise<void> {
    const delay = restartDelayMs(crashes);
    options.log("workers", `another one starts in ${delay / 1000} s`);
    try {
      await wait(delay, undefined, { signal: ending.signal });
      await start(own, crashes + 1);
    } catch (error) {
      if (ending.signal.aborted) return;
      options.log("workers", String(error));
      await restart(own, crashes + 1);
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

async function untilReady(entry: Entry): Promise<void> {
  const limit = setTimeout(() => void stopEntry(entry, "SIGKILL"), startLimitMs);
  try {
    await entry.process.ready;
    entry.wasReady = true;
  } finally {
    clearTimeout(limit);
  }
}

function stopEntry(entry: Entry, signal: "SIGTERM" | "SIGKILL"): Promise<Exit> {
  entry.asked = true;
  return entry.process.stop(signal);
}

function toWorker({ id, pid, startedAt }: Entry): Worker {
  return { id, pid, startedAt };
}
