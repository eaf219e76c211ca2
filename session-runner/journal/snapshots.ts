import type { Change } from "./change.ts";
import type { DataKey } from "./data-key.ts";
import { seal, unseal } from "./entry-codec.ts";
import { JournalUnreadableError } from "./errors.ts";
import { emptyFold, fromSnapshot } from "./fold.ts";
import type { Fold } from "./fold.ts";
import type { Head, HeadStore } from "./head-store.ts";
import { emptyTail } from "./journal.ts";
import type { Journal, JournalPosition } from "./journal.ts";
import type { SnapshotStore } from "./snapshot-store.ts";

export type SnapshotStores = {
  heads: HeadStore;
  snapshots: SnapshotStore;
  now: () => number;
  tailLimit?: TailLimit;
};

export type TailLimit = { bytes: number; entries: number };

/** Past either, loading the tail costs more than writing a snapshot. */
const usualTailLimit: TailLimit = { bytes: 256 * 1024, entries: 500 };

/** Long before its entries expire, so that a session that says little loses nothing. */
const tailLifeSeconds = 30 * 86_400;

/** @param now milliseconds since 1970 */
export function wantsSnapshot(
  { tail, erased }: Journal,
  now: number,
  tailLimit = usualTailLimit,
): boolean {
  if (erased) return false;
  const { bytes, entries, since = Number.POSITIVE_INFINITY } = tail;
  const old = since < now / 1_000 - tailLifeSeconds;
  return old || bytes > tailLimit.bytes || entries > tailLimit.entries;
}

/**
 * Writes the durable state to S3 and moves the head to it. A crash at any point leaves either the
 * old head with its snapshot or the new one with its own.
 * @param final the owner writes nothing after this
 */
export async function writeSnapshot(
  stores: SnapshotStores,
  sessionId: string,
  journal: Journal,
  key: DataKey,
  final: boolean,
): Promise<void> {
  await journal.flush();
  if (journal.erased) return;
  // No await between here and `durableState`: it is the journal up to exactly this position.
  const { position } = journal;
  const content = journal.durableState();
  journal.tail = emptyTail();
  await storeSnapshot(stores, sessionId, { position, content, key, final });
}

export async function storeSnapshot(
  stores: SnapshotStores,
  sessionId: string,
  snapshot: {
    position: JournalPosition;
    content: Change;
    key: DataKey;
    final: boolean;
  },
): Promise<void> {
  const { position, content, key, final } = snapshot;
  const bytes = seal(content, key.plaintext, snapshotContext(sessionId, position.seq));
  await stores.snapshots.put(sessionId, position.seq, bytes);
  const head: Head = {
    wrappedKey: key.wrapped,
    snapshotSeq: position.seq,
    snapshotEpoch: position.epoch,
    final,
    writtenAt: Math.floor(stores.now() / 1_000),
  };
  const moved = await stores.heads.replace(sessionId, head);
  if (moved) await stores.snapshots.removeOlder(sessionId, position.seq);
}

/** @throws {JournalUnreadableError} when the head names a snapshot that is missing or damaged */
export async function readSnapshot(
  stores: SnapshotStores,
  sessionId: string,
  head: Head,
  dataKey: Uint8Array,
): Promise<Fold> {
  if (head.snapshotSeq === 0) return emptyFold();
  const bytes = await stores.snapshots.find(sessionId, head.snapshotSeq);
  if (!bytes) throw new JournalUnreadableError(`snapshot ${head.snapshotSeq} is missing`);
  const context = snapshotContext(sessionId, head.snapshotSeq);
  try {
    return fromSnapshot(unseal(bytes, dataKey, context) as Change);
  } catch (cause) {
    throw new JournalUnreadableError(`snapshot ${head.snapshotSeq} cannot be read`, { cause });
  }
}

function snapshotContext(sessionId: string, seq: number): string {
  return `snapshot ${sessionId} ${seq}`;
}
