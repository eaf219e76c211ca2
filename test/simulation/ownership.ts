// Watches who writes each journal and what leaves for WhatsApp, and says which laws are broken.
import { unseal } from "#session-runner/journal/entry-codec.ts";
import { applyChange, emptyFold } from "#session-runner/journal/fold.ts";
import type { Fold } from "#session-runner/journal/fold.ts";
import { fromStored } from "#session-runner/journal/key-patch.ts";
import type { StoredChange } from "#session-runner/journal/key-patch.ts";
import type { Change } from "#session-runner/journal/change.ts";
import type { EntryRow, EntryStore } from "#session-runner/journal/entry-store.ts";
import { entryContext } from "#session-runner/journal/journal.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import type { Connection } from "./connection.ts";
import type { ClientFrame } from "./frames.ts";
import type { SimulatedDynamodb } from "./simulated-dynamodb.ts";
import type { SimulatedKms } from "./simulated-kms.ts";
import type { Violations } from "./violations.ts";
import type { SimulatedProcess, World } from "./world.ts";

/** How long a fenced owner may keep its socket, as long as its process runs. */
const closeLimitMs = 1_000;

type History = {
  seq: number;
  epoch: number;
  owner: SimulatedProcess | undefined;
  /** When the present owner claimed it. */
  claimedAt: number;
  /** How far each ratchet is durable, by the process that wrote it and the contact. */
  steps: Map<string, number>;
  plaintexts: Set<string>;
  /** The sum of the rows so far. */
  fold: Fold;
};

export type Ownership = {
  onFrame(connection: Connection, frame: ClientFrame): void;
  /** The entry store, watched. */
  watch(entries: EntryStore): EntryStore;
  /** Events that a durable entry carries. */
  journaled: { sessionId: string; event: WafleetEvent }[];
  /** Owners' processes by session and epoch. */
  owners: Map<string, SimulatedProcess>;
  epochOf(sessionId: string): number;
};

export type OwnershipOptions = {
  world: World;
  dynamodb: SimulatedDynamodb;
  kms: SimulatedKms;
  violations: Violations;
  sessionOf: (phone: string) => string;
};

export function watchOwnership(options: OwnershipOptions): Ownership {
  const { world, dynamodb, kms, violations, sessionOf } = options;
  const histories = new Map<string, History>();
  const journaled: Ownership["journaled"] = [];
  const owners: Ownership["owners"] = new Map();
  /** When a process learned that it had lost a session. */
  const noticed = new Map<string, number>();
  const connections = new Set<Connection>();

  function historyOf(sessionId: string): History {
    let history = histories.get(sessionId);
    if (!history) {
      history = {
        seq: 0,
        epoch: 0,
        owner: undefined,
        claimedAt: 0,
        steps: new Map(),
        plaintexts: new Set(),
        fold: emptyFold(),
      };
      histories.set(sessionId, history);
    }
    return history;
  }

  dynamodb.onPut((table, item, writer) => {
    if (table === "journal" && item["seq"] !== 0) onRow(item as EntryRow, writer);
  });

  function onRow(row: EntryRow, writer: SimulatedProcess | undefined): void {
    const { sessionId, seq, epoch, kind } = row;
    const history = historyOf(sessionId);
    const name = `${sessionId.slice(-4)} #${seq} ${kind} of epoch ${epoch}`;
    world.note(`${writer?.id ?? "setup"} has written ${name}`);
    if (seq !== history.seq + 1) violations.add("one-writer", `${name} follows #${history.seq}`);
    const expected = kind === "claim" ? history.epoch + 1 : history.epoch;
    if (epoch !== expected) violations.add("one-writer", `${name} within epoch ${history.epoch}`);
    if (kind !== "claim" && writer !== history.owner) {
      violations.add("one-writer", `${name} by ${writer?.id}, owned by ${history.owner?.id}`);
    }
    history.seq = seq;
    if (kind === "claim") {
      history.epoch = epoch;
      history.owner = writer;
      history.claimedAt = world.elapsed;
      if (writer) owners.set(`${sessionId} ${epoch}`, writer);
    }
    if (kind === "erase") {
      history.steps.clear();
      history.plaintexts.clear();
      history.fold = emptyFold();
    }
    if (kind === "commit") remember(history, row, writer);
  }

  function remember(history: History, row: EntryRow, writer: SimulatedProcess | undefined): void {
    const change = read(row, history.fold);
    applyChange(history.fold, change);
    for (const [jid, text] of Object.entries(change.keys?.["session"] ?? {})) {
      const { sent } = JSON.parse(text ?? "{}") as { sent: number };
      history.steps.set(`${writer?.id} ${jid}`, sent);
    }
    for (const { key } of change.received ?? []) {
      history.plaintexts.add(key.slice(key.lastIndexOf("|") + 1));
    }
    for (const event of change.events ?? []) journaled.push({ sessionId: row.sessionId, event });
  }

  function read({ sessionId, seq, data }: EntryRow, fold: Fold): Change {
    for (const key of kms.keysOf(sessionId).toReversed()) {
      try {
        return fromStored(unseal(data, key, entryContext(sessionId, seq)) as StoredChange, fold);
      } catch {
        // Sealed with an earlier key.
      }
    }
    return {};
  }

  function onFrame(connection: Connection, frame: ClientFrame): void {
    connections.add(connection);
    const { account, process } = connection;
    world.note(`sends ${describe(frame)} for ${account ?? "a new device"}`);
    if (!account) return;
    const sessionId = sessionOf(account);
    const history = historyOf(sessionId);
    const lostAt = noticed.get(`${process.id} ${sessionId}`) ?? Number.NEGATIVE_INFINITY;
    if (lostAt >= connection.openedAt) {
      violations.add("after-fence", `${process.id} still sends ${describe(frame)}`);
    }
    if (frame.tag === "receipt" && !history.plaintexts.has(frame.id)) {
      violations.add("before-receipt", `${process.id} acknowledges ${frame.id}`);
    }
    if (frame.tag !== "message") return;
    for (const [jid, { counter }] of Object.entries(frame.encrypted)) {
      if ((history.steps.get(`${process.id} ${jid}`) ?? 0) <= counter) {
        violations.add("before-wire", `${process.id} sends ${frame.id} with counter ${counter}`);
      }
    }
  }

  function notice(process: SimulatedProcess, sessionId: string, epoch: number): void {
    world.note(`learns that ${sessionId.slice(-4)} is another's`);
    const history = historyOf(sessionId);
    // Late news of a former life: the process has claimed the session anew, and rightly connects.
    const isAgainIts = history.owner === process && epoch < history.epoch;
    const lostAt = isAgainIts ? history.claimedAt : world.elapsed;
    noticed.set(`${process.id} ${sessionId}`, lostAt);
    const mine = [...connections].filter(
      (connection) =>
        connection.process === process &&
        connection.openedAt <= lostAt &&
        connection.account !== undefined &&
        sessionOf(connection.account) === sessionId,
    );
    world.after(closeLimitMs, process, () => {
      if (mine.some(({ clientOpen }) => clientOpen)) {
        violations.add("after-fence", `${process.id} keeps its socket for ${sessionId}`);
      }
    });
  }

  return {
    onFrame,
    journaled,
    owners,
    epochOf: (sessionId) => historyOf(sessionId).epoch,
    watch: (entries) => ({
      ...entries,
      async append(row) {
        const outcome = await entries.append(row);
        const process = world.current;
        if (outcome === "refused" && row.kind !== "claim" && process) {
          notice(process, row.sessionId, row.epoch);
        }
        return outcome;
      },
    }),
  };
}

function describe(frame: ClientFrame): string {
  if (frame.tag !== "message") return "id" in frame ? `${frame.tag} ${frame.id}` : frame.tag;
  const counters = Object.values(frame.encrypted).map(({ counter }) => counter);
  return `message ${frame.id} (counters ${counters.join(", ")})`;
}
