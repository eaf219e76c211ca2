// What a run may leave out, to show that the checks see it missing. Each is a switch of the
// simulation's wiring; the runner's code stays as it is.
import { seal, unseal } from "#session-runner/journal/entry-codec.ts";
import type { EntryStore } from "#session-runner/journal/entry-store.ts";
import { entryContext } from "#session-runner/journal/journal.ts";
import type { StoredChange } from "#session-runner/journal/key-patch.ts";
import type { MessageStore } from "#session-runner/session/message-store.ts";
import type { SimulatedKms } from "./simulated-kms.ts";

/** Each names the protection that it removes. */
export const mutants = [
  "fence",
  "commit-before-wire",
  "plaintext-before-receipt",
  "send-dedupe",
  "departure",
  "batch-state",
] as const;

export type Mutant = (typeof mutants)[number];

/** Seeds within which each mutant must be caught. */
export const mutantSeedLimit = 200;

/** The store answers as if a refused append had been accepted. */
export function withoutFence(entries: EntryStore): EntryStore {
  return {
    ...entries,
    async append(row) {
      await entries.append(row);
      return "accepted";
    },
  };
}

/** The ratchet steps of received messages are appended without what they opened. */
export function withoutPlaintext(entries: EntryStore, kms: SimulatedKms): EntryStore {
  return {
    ...entries,
    append(row) {
      const context = entryContext(row.sessionId, row.seq);
      const key = kms.keysOf(row.sessionId).at(-1) ?? new Uint8Array(32);
      const {
        received: _,
        events: _events,
        seen: _seen,
        ...rest
      } = unseal(row.data, key, context) as StoredChange;
      return entries.append({ ...row, data: seal(rest, key, context) });
    },
  };
}

/** Nobody notes that a scheduled message leaves, and so nobody hears that it was cancelled. */
export function withoutDeparture(messages: MessageStore): MessageStore {
  return {
    ...messages,
    isQueued: () => Promise.resolve(true),
    beginDeparture: () => Promise.resolve("begun"),
  };
}

/** Every batch seems to run. */
export function withoutBatchState(messages: MessageStore): MessageStore {
  return { ...messages, findBatchState: () => Promise.resolve("running") };
}

/** Every try of a message gets an id of its own. */
export function createReminting(): (id: string) => string {
  const tries = new Map<string, number>();
  return (id) => {
    const before = tries.get(id) ?? 0;
    tries.set(id, before + 1);
    return before === 0 ? id : `${id}-${before}`;
  };
}
