import { isEmptyChange, mergeChange } from "./change.ts";
import type { Change } from "./change.ts";
import { applyChange } from "./fold.ts";
import type { Fold } from "./fold.ts";
import { toStored } from "./key-patch.ts";
import type { StoredChange } from "./key-patch.ts";

/** Characters of what surrounds an event's content. */
const eventWeight = 500;

/** What the next append carries: already in the fold, not yet durable. */
export class StagedChange {
  change: Change = {};
  /** About how many characters it has come to. */
  weight = 0;
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
    this.weight += weigh(change);
    applyChange(fold, change);
    mergeChange(this.change, change);
  }

  toStored(): StoredChange {
    return toStored(this.change, (type, id) => this.#former.get(type)?.get(id));
  }

  /**
   * The same in parts of about `limit` characters as they are stored, to be appended in this order: what
   * was received comes before the keys that it used up, so that a redelivery finds it.
   */
  split(limit: number): StagedChange[] {
    const { keys = {}, patches = {}, ...rest } = this.toStored();
    const { creds, ...first } = rest;
    const parts: StagedChange[] = [];
    let room = 0;
    const next = (change: Change): StagedChange => {
      const part = new StagedChange();
      part.change = change;
      parts.push(part);
      room = limit - sizeOf(change);
      return part;
    };
    let part = next(first);
    for (const [type, former] of this.#former) {
      for (const [id, value] of former) {
        const size = sizeOf([id, patches[type]?.[id] ?? keys[type]?.[id]]);
        if (size > room) part = next({});
        room -= size;
        part.#take(type, id, this.change.keys?.[type]?.[id] ?? null, value);
      }
    }
    if (creds !== undefined) part.change.creds = creds;
    return parts;
  }

  #take(type: string, id: string, value: string | null, former: string | undefined): void {
    ((this.change.keys ??= {})[type] ??= {})[id] = value;
    const formers = this.#former.get(type) ?? new Map<string, string | undefined>();
    this.#former.set(type, formers.set(id, former));
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

function sizeOf(value: unknown): number {
  return JSON.stringify(value).length;
}

function weigh({ keys = {}, creds = "", received = [], events = [] }: Change): number {
  let weight = creds.length;
  for (const values of Object.values(keys)) {
    for (const value of Object.values(values)) weight += value?.length ?? 0;
  }
  for (const { plaintext } of received) weight += plaintext.length;
  // An event says what its plaintext does, which is counted already.
  return weight + events.length * eventWeight;
}
