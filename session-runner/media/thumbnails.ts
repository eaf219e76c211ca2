import { Worker } from "node:worker_threads";
import { limitConcurrency } from "./limit-concurrency.ts";

/** Small JPEGs of pictures; undefined where none can be had, or none soon. */
export type MakeThumbnail = (bytes: Uint8Array) => Promise<Uint8Array | undefined>;

/** A picture that takes longer goes without. */
const patienceMs = 5_000;
/** Pictures that may wait for their turn; what comes beyond goes without. */
const waitingLimit = 8;
/** After so long without work the thread ends, and with it all that it holds. */
const idleMs = 10_000;

/** One thread for the whole process, there while it has work. */
export function createThumbnails(): MakeThumbnail {
  const inTurn = limitConcurrency(1);
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let waiting = 0;

  function end(): void {
    void thread?.terminate();
    thread = undefined;
  }

  function start(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };
    const url = new URL("picture-thread.ts", import.meta.url);
    const started = new Worker(url, { resourceLimits, stdout: true, stderr: true });
    started.unref();
    return started;
  }

  async function make(bytes: Uint8Array): Promise<Uint8Array | undefined> {
    clearTimeout(idle);
    const worker = (thread ??= start());
    const made = Promise.withResolvers<Uint8Array | undefined>();
    const fail = () => {
      end();
      made.resolve(undefined);
    };
    const timer = setTimeout(fail, patienceMs);
    worker.once("message", made.resolve).on("error", fail).on("exit", fail);
    worker.postMessage(bytes, []);
    try {
      return await made.promise;
    } finally {
      clearTimeout(timer);
      worker.off("message", made.resolve).off("exit", fail);
      // One that fails while it idles is no reason to fall with it.
      worker.off("error", fail).on("error", end);
      idle = setTimeout(end, idleMs).unref();
    }
  }

  return async (bytes) => {
    if (waiting >= waitingLimit) return undefined;
    waiting += 1;
    return inTurn(() => make(bytes)).finally(() => (waiting -= 1));
  };
}
