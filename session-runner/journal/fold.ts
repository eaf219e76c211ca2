import type { WafleetEvent } from "#shared/contracts/event.ts";
import { compareCursors, parseCursor } from "#shared/cursor.ts";
import type { Change, ReceivedPlaintext } from "./change.ts";
import { KeyValues } from "./key-values.ts";

/** Received messages remembered so that a second copy makes no second event. */
const seenLimit = 1_000;

/** Plaintexts kept for messages whose receipt has not been acknowledged. */
const unreceiptedLimit = 2_000;

/** A session's state: the sum of its journal. Reads come from here, never from the store. */
export type Fold = {
  creds: string | undefined;
  keys: Map<string, KeyValues>;
  /** Journaled events that may not be in the events queue yet, in order. */
  unpublished: WafleetEvent[];
  /** By digest: one message may be several ciphertexts. */
  unreceipted: Map<string, ReceivedPlaintext>;
  /** Received messages that have had their event, oldest first: key, then our id of the message. */
  seen: Map<string, string>;
};

export function emptyFold(): Fold {
  return {
    creds: undefined,
    keys: new Map(),
    unpublished: [],
    unreceipted: new Map(),
    seen: new Map(),
  };
}

export function applyChange(fold: Fold, change: Change): void {
  if (change.creds !== undefined) fold.creds = change.creds;
  for (const [type, values] of Object.entries(change.keys ?? {})) {
    let held = fold.keys.get(type);
    if (!held) fold.keys.set(type, (held = new KeyValues()));
    held.apply(values);
  }
  for (const received of change.received ?? []) fold.unreceipted.set(received.digest, received);
  for (const entry of change.seen ?? []) {
    const [key = "", messageId = ""] = entry.split(" ");
    fold.seen.set(key, messageId);
  }
  if (change.receipted) forgetReceipted(fold, new Set(change.receipted));
  if (change.events) fold.unpublished.push(...change.events);
  if (change.published !== undefined) dropPublished(fold, change.published);
  dropOldest(fold.seen, seenLimit);
  dropOldest(fold.unreceipted, unreceiptedLimit);
}

/** The fold as one change, for a snapshot. */
export function toChange(fold: Fold): Change {
  const keys: Record<string, Record<string, string>> = {};
  for (const [type, values] of fold.keys) keys[type] = Object.fromEntries(values);
  return {
    keys,
    ...(fold.creds === undefined ? {} : { creds: fold.creds }),
    events: fold.unpublished,
    received: [...fold.unreceipted.values()],
    seen: [...fold.seen].map(([key, messageId]) => (messageId ? `${key} ${messageId}` : key)),
  };
}

export function fromSnapshot(snapshot: Change): Fold {
  const fold = emptyFold();
  applyChange(fold, snapshot);
  return fold;
}

function forgetReceipted(fold: Fold, keys: Set<string>): void {
  for (const [digest, { key }] of fold.unreceipted) {
    if (keys.has(key)) fold.unreceipted.delete(digest);
  }
}

function dropPublished(fold: Fold, published: string): void {
  const upTo = parseCursor(published);
  fold.unpublished = fold.unpublished.filter(
    (event) => compareCursors(parseCursor(event.cursor), upTo) > 0,
  );
}

function dropOldest(entries: Map<string, unknown>, limit: number): void {
  if (entries.size <= limit) return;
  for (const key of entries.keys()) {
    entries.delete(key);
    if (entries.size <= limit) return;
  }
}
