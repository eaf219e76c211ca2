// Whether this worker may believe that its sessions are still its own. Nothing rests on it: the
// journals decide. It is for what no append stands before, and which a worker that was thought dead
// would otherwise still say: acknowledgements of receipts, pings, events that are not journaled.
import type { Trust } from "../journal/trust.ts";
import { deadAfterMs } from "./liveness.ts";

const markEveryMs = 500;

/** Standing still for so long may have cost enough heartbeats to be thought dead. */
const frozenAfterMs = deadAfterMs / 2;

/** Without a heartbeat for so long, with time for what is under way, others may take over soon. */
const doubtAfterMs = deadAfterMs * 0.75;

export type WorkerTrust = Trust & {
  /** A heartbeat that began at this instant has arrived, and what others have taken is let go. */
  confirm(startedAt: number): void;
  /** Called when the process goes on after it stood still. */
  onWoken(listener: () => void): void;
  stop(): void;
};

/** @param clock monotonic milliseconds, which go on while the process stands still */
export function createTrust(clock: () => number): WorkerTrust {
  let mark = clock();
  let wokenAt: number | undefined;
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let listener = (): void => {};
  let confirmed = Promise.withResolvers<void>();

  function isAwake(): boolean {
    const now = clock();
    const stood = now - mark;
    mark = now;
    if (stood > frozenAfterMs) {
      wokenAt = now;
      listener();
    }
    return wokenAt === undefined;
  }

  const isSure = () => isAwake() && clock() - confirmedAt < doubtAfterMs;

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await confirmed.promise;
  }

  const timer = setInterval(isAwake, markEveryMs).unref();
  return {
    get awake() {
      return isAwake();
    },
    get sure() {
      return isSure();
    },
    whenAwake: () => until(isAwake),
    whenSure: () => until(isSure),
    confirm(startedAt) {
      // One that began before the freeze says nothing about what happened during it.
      if (!isAwake() && wokenAt !== undefined && startedAt < wokenAt) return;
      wokenAt = undefined;
      confirmedAt = startedAt;
      const { resolve } = confirmed;
      confirmed = Promise.withResolvers();
      resolve();
    },
    onWoken: (wanted) => void (listener = wanted),
    stop: () => clearInterval(timer),
  };
}
