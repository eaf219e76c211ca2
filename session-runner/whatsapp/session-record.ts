// A contact's Signal sessions with one of its devices. libsignal's record of them is protobuf, which
// in the journal is base64: the open session, and those that were open before, for messages that are
// still under way.
import { proto } from "./baileys.ts";
import { fromLegacyRecord, isLegacyRecord, legacyHasOpenSession } from "./legacy-session-record.ts";
import type { OwnIdentity } from "./legacy-session-record.ts";

/** libsignal keeps 40. A record would grow by 350 bytes at each refresh of a contact's devices. */
const archivedLimit = 4;

/** Tags of RecordStructure's two fields. */
const openTag = 0x0a;
const archivedTag = 0x12;

/** How the base64 of a record begins whose first field is the open session. */
const openStart = "C";

/** Each as the bytes of a SessionStructure. */
export type Sessions = {
  open: Uint8Array | undefined;
  /** What was used last comes first. */
  archived: Uint8Array[];
};

export function toSessionText({ open, archived }: Sessions): string {
  const fields = archived.slice(0, archivedLimit).map((session) => toField(archivedTag, session));
  return Buffer.concat([...(open ? [toRecord(open)] : []), ...fields]).toString("base64");
}

export function fromSessionText(text: string, own: OwnIdentity): Sessions {
  return fromRecord(
    isLegacyRecord(text) ? fromLegacyRecord(text, own) : Buffer.from(text, "base64"),
  );
}

/** Whether a session of the record is not archived. */
export function hasOpenSession(text: string): boolean {
  return isLegacyRecord(text) ? legacyHasOpenSession(text) : text.startsWith(openStart);
}

/** The record of this session alone. */
export function toRecord(open: Uint8Array): Uint8Array {
  return toField(openTag, open);
}

export function fromRecord(record: Uint8Array): Sessions {
  const sessions: Sessions = { open: undefined, archived: [] };
  for (let at = 0; at < record.length;) {
    const [tag, start, end] = fieldAt(record, at);
    const session = record.subarray(start, end);
    if (tag === openTag) sessions.open = session;
    else if (tag === archivedTag) sessions.archived.push(session);
    else throw new Error("this is no record of Signal sessions");
    at = end;
  }
  return sessions;
}

/** What tells a session from another one with the same device. */
export function describeSession(session: Uint8Array): {
  baseKey: Uint8Array;
  registrationId: number;
} {
  const { aliceBaseKey, remoteRegistrationId } = proto.SessionStructure.decode(session);
  return { baseKey: aliceBaseKey ?? new Uint8Array(), registrationId: remoteRegistrationId ?? 0 };
}

/** A length has seven bits in each byte, the lowest first. */
function toField(tag: number, bytes: Uint8Array): Buffer {
  const head = [tag];
  let length = bytes.length;
  for (; length >= 0x80; length >>>= 7) head.push((length & 0x7f) | 0x80);
  head.push(length);
  return Buffer.concat([Buffer.from(head), bytes]);
}

function fieldAt(record: Uint8Array, at: number): [tag: number, start: number, end: number] {
  const tag = record[at] ?? 0;
  let length = 0;
  for (let [next, shift] = [at + 1, 0]; ; [next, shift] = [next + 1, shift + 7]) {
    const byte = record[next] ?? 0;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) return [tag, next + 1, next + 1 + length];
  }
}
