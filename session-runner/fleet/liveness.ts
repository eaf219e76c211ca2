import type { WorkerItem } from "#shared/items/fleet-item.ts";

/** A worker whose beat has not moved for so long, on the watcher's own clock, is dead. */
export const deadAfterMs = 6_000;

export const beatIntervalMs = 2_000;

/** What a watcher knows of the others. */
export type Census = {
  /** Seen to move, and not draining: they take their share of the shards. */
  sharing: Set<string>;
  /** Not known to be dead: nobody takes what they hold. */
  holding: Set<string>;
  /** Known to be dead: their rows may go. */
  dead: WorkerItem[];
  /** Somebody is about to give shards up. */
  draining: boolean;
};

/** Judges other workers by whether their beat moves, never by what time they say it is. */
export class Liveness {
  #seen = new Map<string, { beat: number; movedAt: number; moved: boolean }>();
  #clock: () => number;

  /** @param clock monotonic milliseconds */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  observe(workers: WorkerItem[]): Census {
    const now = this.#clock();
    const census: Census = { sharing: new Set(), holding: new Set(), dead: [], draining: false };
    for (const worker of workers) {
      const { workerId, beat, draining } = worker;
      const known = this.#seen.get(workerId);
      const moved = known !== undefined && (known.moved || known.beat !== beat);
      if (known?.beat !== beat) this.#seen.set(workerId, { beat, movedAt: now, moved });
      else if (now - known.movedAt >= deadAfterMs) {
        census.dead.push(worker);
        continue;
      }
      census.holding.add(workerId);
      if (draining) census.draining = true;
      else if (moved) census.sharing.add(workerId);
    }
    this.#forgetAllBut(workers);
    return census;
  }

  #forgetAllBut(workers: WorkerItem[]): void {
    const present = new Set(workers.map(({ workerId }) => workerId));
    for (const workerId of this.#seen.keys()) {
      if (!present.has(workerId)) this.#seen.delete(workerId);
    }
  }
}
