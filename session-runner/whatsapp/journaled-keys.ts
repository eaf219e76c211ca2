// Baileys' key store over the journal. Reads come from the journal's state in memory, which holds
// every staged change; writes are staged at once. Nothing waits here: the wire gate holds each
// frame until what was staged before it is durable.
import type { Change } from "../journal/change.ts";
import type { Journal } from "../journal/journal.ts";
import type {
  SignalDataSet,
  SignalDataTypeMap,
  SignalKeyStore,
  SignalKeyStoreWithTransaction,
} from "./baileys.ts";
import { decodeKey, encodeKey } from "./key-codec.ts";
import type { KeyType } from "./key-codec.ts";

/** Can be asked for again, so that they need no append of their own before a frame leaves. */
const recoverable = new Set<string>([
  "lid-mapping",
  "device-list",
  "sender-key-memory",
  "tctoken",
] satisfies KeyType[]);

export type JournaledKeys = {
  /** For the socket itself. */
  store: SignalKeyStore;
  /**
   * For what Baileys runs as one transaction around a whole send: it must not keep other sends
   * waiting while it asks the server for a contact's devices.
   */
  socketKeys: SignalKeyStoreWithTransaction;
  /** For Signal's own steps: one at a time in this session, journaled whole. */
  signalKeys: SignalKeyStoreWithTransaction;
  /** A key as the journal has it. */
  textOf(type: KeyType, id: string): string | undefined;
  /** The LID of a phone number's device; undefined when it is not known. */
  findLid(pn: string): string | undefined;
  /** What `work` stages is appended as one. */
  together<Result>(work: () => Promise<Result>): Promise<Result>;
  /** True while a step of Signal is under way: then nothing may wait for the network. */
  busy(): boolean;
};

export function createJournaledKeys(journal: Journal): JournaledKeys {
  let last: Promise<unknown> = Promise.resolve();
  let running = 0;

  const store: SignalKeyStore = {
    get<T extends keyof SignalDataTypeMap>(type: T, ids: string[]) {
      const held = journal.fold.keys.get(type);
      const found: Record<string, SignalDataTypeMap[T]> = {};
      for (const id of ids) {
        const text = held?.get(id);
        if (text !== undefined) found[id] = decodeKey(type, text) as SignalDataTypeMap[T];
      }
      return found;
    },
    set(data) {
      const { urgent, lazy } = changesOf(journal, data);
      journal.stage(lazy, { when: "soon" });
      journal.stage(urgent);
    },
  };

  async function exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = last;
    const mine = before.then(async () => {
      running += 1;
      try {
        return await journal.together(work);
      } finally {
        running -= 1;
      }
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  const socketKeys: SignalKeyStoreWithTransaction = {
    ...store,
    isInTransaction: () => false,
    transaction: (work) => work(),
  };

  return {
    store,
    socketKeys,
    signalKeys: {
      ...store,
      isInTransaction: () => running > 0,
      // A mapping may be stored in the midst of a step; waiting for that step would be for ever.
      transaction: (work, key) => (key === "lid-mapping" ? work() : exclusively(work)),
    },
    textOf: (type, id) => journal.fold.keys.get(type)?.get(id),
    findLid(pn) {
      const [, user = "", device = ""] = /^(\d+)((?::\d+)?)@s\.whatsapp\.net$/.exec(pn) ?? [];
      const lid = journal.fold.keys.get("lid-mapping")?.get(user);
      return lid && `${lid}${device === ":0" ? "" : device}@lid`;
    },
    together: (work) => journal.together(work),
    busy: () => running > 0,
  };
}

/** Only what differs from the state: Baileys rewrites much that has not changed. */
function changesOf(journal: Journal, data: SignalDataSet): { urgent: Change; lazy: Change } {
  const urgent: Change = {};
  const lazy: Change = {};
  for (const [type, values] of Object.entries(data) as [KeyType, Record<string, unknown>][]) {
    const held = journal.fold.keys.get(type);
    const changed: Record<string, string | null> = {};
    for (const [id, value] of Object.entries(values)) {
      const text = value === null || value === undefined ? null : encodeKey(type, value);
      if (text !== (held?.get(id) ?? null)) changed[id] = text;
    }
    if (Object.keys(changed).length === 0) continue;
    const change = recoverable.has(type) ? lazy : urgent;
    change.keys = { ...change.keys, [type]: changed };
  }
  return { urgent, lazy };
}
