// Taking a session over: load its state, then append a claim with the next epoch. From the claim
// on, the former owner's appends are refused.
import type { Change } from "./change.ts";
import type { DataKey, DataKeys } from "./data-key.ts";
import { unseal } from "./entry-codec.ts";
import type { EntryRow, EntryStore } from "./entry-store.ts";
import { FencedError, JournalUnreadableError } from "./errors.ts";
import { applyChange, emptyFold } from "./fold.ts";
import type { Fold } from "./fold.ts";
import type { Head } from "./head-store.ts";
import { emptyTail, entryContext, entryLifeSeconds, Journal } from "./journal.ts";
import type { JournalPosition } from "./journal.ts";
import { fromStored } from "./key-patch.ts";
import type { StoredChange } from "./key-patch.ts";
import type { Trust } from "./trust.ts";
import { readSnapshot } from "./snapshots.ts";
import type { SnapshotStores } from "./snapshots.ts";

export type JournalStores = SnapshotStores & {
  entries: EntryStore;
  dataKeys: DataKeys;
  trust: Trust;
};

export type OpenedJournal = { journal: Journal; key: DataKey };

/** Entries may have expired when nothing was written for this long: then the rest proves nothing. */
const trustSeconds = entryLifeSeconds - 30 * 86_400;

const claimAttempts = 20;

/**
 * @throws {JournalUnreadableError} when there is a journal that cannot be understood
 * @throws {FencedError} when others keep claiming it at the same time
 */
export async function openJournal(
  stores: JournalStores,
  sessionId: string,
): Promise<OpenedJournal> {
  for (let head = await requireHead(stores, sessionId); ;) {
    const known = { epoch: head.snapshotEpoch };
    try {
      return await claim(stores, sessionId, head, known);
    } catch (error) {
      if (!(error instanceof JournalUnreadableError)) throw error;
      // The owner may have moved the head and removed what was before it in the midst of this.
      const { snapshotSeq } = head;
      head = await requireHead(stores, sessionId);
      error.lastEpoch = known.epoch;
      if (head.snapshotSeq === snapshotSeq) throw error;
    }
  }
}

async function claim(
  stores: JournalStores,
  sessionId: string,
  head: Head,
  known: { epoch: number },
): Promise<OpenedJournal> {
  let key = await stores.dataKeys.unwrap(sessionId, head.wrappedKey);
  const fold = await readSnapshot(stores, sessionId, head, key.plaintext);
  const state = { fold, position: { seq: head.snapshotSeq, epoch: head.snapshotEpoch } };
  const tail = emptyTail();
  let newest = head.final ? Number.POSITIVE_INFINITY : head.writtenAt;
  for (let attempt = 0; attempt < claimAttempts; attempt += 1) {
    const rows = await stores.entries.readAfter(sessionId, state.position.seq);
    for (const row of rows) {
      known.epoch = row.epoch;
      const { wrappedKey } = replay(state, row, key.plaintext);
      if (wrappedKey !== undefined) {
        key = await stores.dataKeys.unwrap(sessionId, Buffer.from(wrappedKey, "base64"));
      }
      tail.entries += 1;
      tail.bytes += row.data.length;
      tail.since ??= row.writtenAt;
      newest = Math.max(Number.isFinite(newest) ? newest : 0, row.writtenAt);
    }
    if (newest < stores.now() / 1_000 - trustSeconds) {
      throw new JournalUnreadableError("the journal's newest entries may have expired");
    }
    const { fold, position } = state;
    const claim = { seq: position.seq, epoch: position.epoch + 1 };
    const { entries, now, trust } = stores;
    const options = {
      sessionId,
      fold,
      position: claim,
      dataKey: key.plaintext,
      entries,
      now,
      trust,
    };
    const journal = new Journal(options);
    journal.tail = tail;
    try {
      await journal.appendMark("claim");
      return { journal, key };
    } catch (error) {
      if (!(error instanceof FencedError)) throw error;
    }
  }
  throw new FencedError("others keep claiming this session");
}

async function requireHead(stores: JournalStores, sessionId: string): Promise<Head> {
  const found = await stores.heads.find(sessionId);
  if (found) return found;
  const { wrapped } = await stores.dataKeys.generate(sessionId);
  const head: Head = {
    wrappedKey: wrapped,
    snapshotSeq: 0,
    snapshotEpoch: 0,
    final: false,
    writtenAt: Math.floor(stores.now() / 1_000),
  };
  if (await stores.heads.create(sessionId, head)) return head;
  const winner = await stores.heads.find(sessionId);
  if (!winner) throw new JournalUnreadableError("the journal's head came and went");
  return winner;
}

function replay(
  state: { fold: Fold; position: JournalPosition },
  row: EntryRow,
  dataKey: Uint8Array,
): Change {
  if (row.seq !== state.position.seq + 1) {
    throw new JournalUnreadableError(`entry ${state.position.seq + 1} is missing`);
  }
  state.position = { seq: row.seq, epoch: row.epoch };
  try {
    const context = entryContext(row.sessionId, row.seq);
    const stored = unseal(row.data, dataKey, context) as StoredChange;
    const change = fromStored(stored, state.fold);
    if (row.kind === "erase") state.fold = emptyFold();
    else applyChange(state.fold, change);
    return change;
  } catch (cause) {
    throw new JournalUnreadableError(`entry ${row.seq} cannot be read`, { cause });
  }
}
