import type { Entry } from "./message.ts";

/** The messages of one queue that wait for a receiver, in the order in which they may leave. */
export type Line = {
  readonly size: number;
  /** The entry is visible, for the first time or again. */
  add(entry: Entry): void;
  /** Takes up to `max` entries out. */
  take(max: number): Entry[];
  /** Takes this entry out, if it waits. */
  remove(entry: Entry): void;
  /** This entry counts as taken, as it was before a restart. */
  hold(entry: Entry): void;
  /** A taken entry is in nobody's hands any more: deleted, or about to be added again. */
  release(entry: Entry): void;
};

/** A standard queue: first come, first served. */
export function createStandardLine(): Line {
  const waiting = new Set<Entry>();
  return {
    get size() {
      return waiting.size;
    },
    add: (entry) => void waiting.add(entry),
    take(max) {
      const taken = waiting.values().take(max).toArray();
      for (const entry of taken) waiting.delete(entry);
      return taken;
    },
    remove: (entry) => void waiting.delete(entry),
    hold() {},
    release() {},
  };
}
