import type { WorkerItem } from "#shared/items/fleet-item.ts";

/** A worker whose beat has not moved for so long, on the watcher's own clock, is dead. */
export const deadAfterMs = 6_000;

export const beatIntervalMs = 2_000;

/** Judges other workers by whether their beat moves, never by what time they say it is. */
export class Liveness {
  #seen = new Map<string, { beat: number; movedAt: number }>();
  #clock: () => number;

  /** @param clock monotonic milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Ids of workers that live and take shards. One seen for the first time gets its chance. */
  observe(workers: WorkerItem[]): Set<string> {
    const now = this.#clock();
    const living = new Set<string>();
    for (const { workerId, beat, draining } of workers) {
      const known = this.#seen.get(workerId);
      if (known?.beat !== beat) this.#seen.set(workerId, { beat, movedAt: now });
      else if (now - known.movedAt >= deadAfterMs) continue;
      if (!draining) living.add(workerId);
    }
    const present = new Set(workers.map(({ workerId }) => workerId));
    for (const workerId of this.#seen.keys()) {
      if (!present.has(workerId)) this.#seen.delete(workerId);
    }
    return living;
  }
}
