// What the items of a table were a moment ago: an index shows them late.
import type { Item } from "./expressions.ts";
import type { World } from "./world.ts";

type Change = { at: number; key: string; before: Item | undefined };

/** Nothing is shown later than this. */
const longestMs = 2_000;

export class ItemHistory {
  #changes: Change[] = [];
  #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  note(key: string, before: Item | undefined): void {
    const { elapsed } = this.#world;
    this.#changes.push({ at: elapsed, key, before });
    if (this.#changes.length < 1_000) return;
    this.#changes = this.#changes.filter(({ at }) => at > elapsed - longestMs);
  }

  /** The items of so many milliseconds ago. */
  asOf(items: ReadonlyMap<string, Item>, agoMs: number): Item[] {
    const since = this.#world.elapsed - Math.min(agoMs, longestMs);
    const then = new Map(items);
    for (const { at, key, before } of this.#changes.toReversed()) {
      if (at <= since) break;
      if (before) then.set(key, before);
      else then.delete(key);
    }
    return [...then.values()];
  }
}
