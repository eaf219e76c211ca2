import type { BinaryNode } from "../stanza/codec.ts";
import { makeCounterIndex } from "./counter-index.ts";
import { child, children } from "../stanza/read-node.ts";
import { makeOrderIndex } from "./order-index.ts";
import { slimNode } from "./slim-node.ts";

/** One stanza on a connection; phones have no socket and use connection 0. */
export type HistoryEntry = {
  at: string;
  direction: "in" | "out";
  /** JID of the device at the other end; empty before login. */
  device: string;
  connection: number;
  node: BinaryNode;
  /** Set on a query that the server knows nothing about and answered with an empty result. */
  unhandled?: true;
};

export type HistoryFilter = {
  direction?: "in" | "out" | undefined;
  device?: string | undefined;
  tag?: string | undefined;
  id?: string | undefined;
  unhandled?: boolean | undefined;
};

/** Every stanza that the server saw or sent, newest last, up to its limit. */
export type History = {
  stanzas(filter?: HistoryFilter): HistoryEntry[];
  /** Throws if a ratchet step (or sender-key iteration) was ever used for two ciphertexts. */
  assertNoCounterReuse(): void;
  /** Throws if a phone decrypted a message id of one sender device more than once. */
  assertReceivedOnce(): void;
  /** Throws if a device, companions included, confirmed a message's delivery more than once. */
  assertConfirmedOnce(): void;
  /** Throws if a device got an author's messages of one chat in another order than they were sent. */
  assertOrderKept(): void;
  clear(): void;
};

type Recorded = Omit<HistoryEntry, "at"> & { at: number };

const matches = (entry: Recorded, filter: HistoryFilter): boolean =>
  (filter.direction === undefined || entry.direction === filter.direction) &&
  (filter.device === undefined || entry.device === filter.device) &&
  (filter.tag === undefined || entry.node.tag === filter.tag) &&
  (filter.id === undefined || entry.node.attrs["id"] === filter.id) &&
  (filter.unhandled === undefined || (entry.unhandled ?? false) === filter.unhandled);

const complain = (what: string, offenders: string[]): void => {
  if (offenders.length > 0) throw new Error(`${what}:\n${offenders.join("\n")}`);
};

const indexedPerStanza = 10;

export const makeHistoryLog = (limit: number, now: () => number) => {
  let entries: Recorded[] = [];
  const counters = makeCounterIndex(limit * indexedPerStanza);
  const order = makeOrderIndex(limit * indexedPerStanza);
  const decryptions = new Map<string, number>();

  return {
    record: (entry: Omit<HistoryEntry, "at">): void => {
      entries.push({ at: now(), ...entry, node: slimNode(entry.node) });
      // Trimmed in bulk: one shift a stanza would cost more than the stanza.
      if (entries.length > limit * 1.25 + 16) entries = entries.slice(-limit);
      if (entry.direction !== "in") return;
      const { id = "", to = "", type } = entry.node.attrs;
      if (entry.node.tag === "message") {
        counters.observe(entry.device, entry.node);
        order.observeMessage(entry.device, id, to);
      }
      if (entry.node.tag === "receipt") {
        const items = children(child(entry.node, "list"), "item");
        const ids = [id, ...items.map(({ attrs }) => attrs["id"] ?? "")];
        order.observeReceipt(entry.device, ids, type);
      }
    },
    recordDecryption: (phone: string, sender: string, id: string): void => {
      const key = `message ${id} from ${sender} to ${phone}`;
      decryptions.set(key, (decryptions.get(key) ?? 0) + 1);
      const [oldest] = decryptions.keys();
      if (decryptions.size > limit && oldest !== undefined) decryptions.delete(oldest);
    },
    stanzas: (filter: HistoryFilter = {}): HistoryEntry[] =>
      entries
        .slice(-limit)
        .filter((entry) => matches(entry, filter))
        .map((entry) => Object.assign({}, entry, { at: new Date(entry.at).toISOString() })),
    assertNoCounterReuse: (): void => complain("ratchet steps used twice", counters.offenders()),
    assertReceivedOnce: (): void =>
      complain(
        "messages decrypted more than once",
        [...decryptions]
          .filter(([, times]) => times > 1)
          .map(([key, times]) => `${key}: ${times} times`),
      ),
    assertConfirmedOnce: (): void =>
      complain("messages confirmed more than once", order.confirmedTwice()),
    assertOrderKept: (): void => complain("messages out of order", order.outOfOrder()),
    clear: (): void => {
      order.clear();
      entries = [];
      counters.clear();
      decryptions.clear();
    },
  };
};

export type HistoryLog = ReturnType<typeof makeHistoryLog>;
