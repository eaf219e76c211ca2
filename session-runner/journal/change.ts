import type { WafleetEvent } from "#shared/contracts/event.ts";

/** An inbound message as it was decrypted, kept until WhatsApp has our receipt. */
export type ReceivedPlaintext = {
  /** Names the message within the session: chat, sender and WhatsApp id. */
  key: string;
  /** SHA-256 of the ciphertext, so that a redelivery is told from a re-encryption. */
  digest: string;
  /** Base64. */
  plaintext: string;
};

/** What one append carries. Everything in it becomes durable together or not at all. */
export type Change = {
  /** Key type, then id, then the encoded value; null deletes. */
  keys?: Record<string, Record<string, string | null>>;
  /** The whole credentials, encoded. */
  creds?: string;
  /** Inbound events made by this step, with their cursors. */
  events?: WafleetEvent[];
  received?: ReceivedPlaintext[];
  /** Received messages that have had their event: the key, and after a space our id of the message. */
  seen?: string[];
  /** Keys of received messages whose receipt WhatsApp has acknowledged. */
  receipted?: string[];
  /** Journaled events up to and including this cursor are in the events queue. */
  published?: string;
  /** In an erase entry: the data key, wrapped (base64), with which all later entries are sealed. */
  wrappedKey?: string;
};

/** Adds a later change to an earlier one, in place: the later wins. */
export function mergeChange(into: Change, later: Change): void {
  for (const [type, values] of Object.entries(later.keys ?? {})) {
    Object.assign(((into.keys ??= {})[type] ??= {}), values);
  }
  if (later.creds !== undefined) into.creds = later.creds;
  if (later.published !== undefined) into.published = later.published;
  if (later.events) (into.events ??= []).push(...later.events);
  if (later.received) (into.received ??= []).push(...later.received);
  if (later.seen) (into.seen ??= []).push(...later.seen);
  if (later.receipted) (into.receipted ??= []).push(...later.receipted);
}

export function isEmptyChange(change: Change): boolean {
  return Object.keys(change).length === 0;
}
