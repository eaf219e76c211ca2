// libsignal reads a contact's session record from its stored form before each step and writes it
// back after, although the next step nearly always starts from what the last one left. Here the
// record itself goes to the key store and comes back from it, as long as its stored text is the same.
import { createRequire } from "node:module";

type ToData = (this: SessionRecord) => unknown;

type SessionRecord = { serialize: ToData; toJSON?: ToData };

type SessionRecordClass = {
  new (): SessionRecord;
  prototype: SessionRecord;
  deserialize(data: unknown): SessionRecord;
};

/** A few KB each, of the contacts that the whole worker has written with lately. */
const limit = 1_000;

const Class = createRequire(import.meta.url)(
  "libsignal/src/session_record.js",
) as SessionRecordClass;

const toData = Class.prototype.serialize;
const fromData = Class.deserialize.bind(Class);

Class.prototype.serialize = function serialize(this: SessionRecord) {
  return this;
};
// For whoever writes what it gets as JSON by itself.
Class.prototype.toJSON = toData;
Class.deserialize = (data) => (data instanceof Class ? data : fromData(data));

/** By their stored text, which says all of a record: no two sessions share one. */
const held = new Map<string, SessionRecord>();

/** What is to be stored of a record, or of the data of one. */
export function dataOf(record: unknown): unknown {
  return record instanceof Class ? toData.call(record) : record;
}

/** Keeps the record for whoever reads this text next. */
export function keepRecord(text: string, record: unknown): void {
  if (!(record instanceof Class)) return;
  held.delete(text);
  held.set(text, record);
  for (const oldest of held.keys()) {
    if (held.size <= limit) break;
    held.delete(oldest);
  }
}

/** The record of a text, once: a step that fails leaves it ruined, and the text is read again. */
export function takeRecord(text: string): unknown {
  const record = held.get(text);
  held.delete(text);
  return record;
}
