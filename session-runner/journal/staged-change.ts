import { isEmptyChange, mergeChange } from "./change.ts";
import type { Change } from "./change.ts";
import { applyChange } from "./fold.ts";
import type { Fold } from "./fold.ts";
import { toStored } from "./key-patch.ts";
import type { StoredChange } from "./key-patch.ts";

/** What the next append carries: already in the fold, not yet durable. */
export class StagedChange {
  change: Change = {};
  /** What the changed keys were before, by type and id. */
  #former = new Map<string, Map<string, string | undefined>>();

  get empty(): boolean {
    return isEmptyChange(this.change);
  }

  /** Takes the change into the fold and into what is staged. */
  add(fold: Fold, change: Change): void {
    for (const [type, values] of Object.entries(change.keys ?? {})) {
      const former = this.#former.get(type) ?? new Map<string, string | undefined>();
      this.#former.set(type, former);
      const held = fold.keys.get(type);
      for (const id of Object.keys(values)) if (!former.has(id)) former.set(id, held?.get(id));
    }
    applyChange(fold, change);
    mergeChange(this.change, change);
  }

  toStored(): StoredChange {
    return toStored(this.change, (type, id) => this.#former.get(type)?.get(id));
  }

  /** The state with its keys as they were before this: later patches build on those. */
  without({ keys = {}, ...rest }: Change): Change {
    for (const [type, values] of this.#former) {
      const held = (keys[type] ??= {});
      for (const [id, value] of values) {
        if (value === undefined) delete held[id];
        else held[id] = value;
      }
    }
    return { keys, ...rest };
  }
}
