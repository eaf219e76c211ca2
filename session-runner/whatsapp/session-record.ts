// A contact's Signal sessions with one of its devices, as libsignal stores them: a RecordStructure of
// protobuf, which in the journal is base64.
import { proto } from "./baileys.ts";
import { fromLegacyRecord, isLegacyRecord, legacyHasOpenSession } from "./legacy-session-record.ts";
import type { OwnIdentity } from "./legacy-session-record.ts";

/** Archived sessions kept beside the open one, for messages still under way; libsignal keeps 40. */
const archivedLimit = 4;

/** Tags of RecordStructure's two fields: the open session, and an archived one, the latest first. */
const openTag = 0x0a;
const archivedTag = 0x12;

/** How the base64 of a record begins whose first field is the open session. */
const openStart = "C";

export function toSessionText(record: Uint8Array): string {
  const kept = trimSessions(record);
  return Buffer.from(kept.buffer, kept.byteOffset, kept.length).toString("base64");
}

export function fromSessionText(text: string, own: OwnIdentity): Uint8Array {
  return isLegacyRecord(text) ? fromLegacyRecord(text, own) : Buffer.from(text, "base64");
}

/** Whether a session of the record is not archived. */
export function hasOpenSession(text: string): boolean {
  return isLegacyRecord(text) ? legacyHasOpenSession(text) : text.startsWith(openStart);
}

/** What tells the open session from another one with the same device. */
export function describeOpenSession(
  record: Uint8Array,
): { baseKey: Uint8Array; registrationId: number } | null {
  const { currentSession } = proto.RecordStructure.decode(record);
  const { aliceBaseKey, remoteRegistrationId } = currentSession ?? {};
  if (!aliceBaseKey || typeof remoteRegistrationId !== "number") return null;
  return { baseKey: aliceBaseKey, registrationId: remoteRegistrationId };
}

export function onlyOpenSession(record: Uint8Array): Uint8Array {
  return trimSessions(record, 0);
}

/** Drops archived sessions: a record would grow by 350 bytes at each refresh of a contact's devices. */
function trimSessions(record: Uint8Array, limit = archivedLimit): Uint8Array {
  let archived = 0;
  let at = 0;
  while (at < record.length) {
    const tag = record[at];
    if (tag !== openTag && tag !== archivedTag) throw new Error("this is no record of sessions");
    if (tag === archivedTag && (archived += 1) > limit) return record.subarray(0, at);
    at = endOfField(record, at + 1);
  }
  return record;
}

/** @param at where the length of a field's bytes begins, seven bits in each byte */
function endOfField(record: Uint8Array, at: number): number {
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = record[at] ?? 0;
    at += 1;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) return at + length;
  }
}
