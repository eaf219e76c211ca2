// libsignal reads a contact's session record from its stored form before each step and writes it
// back after, although the next step nearly always starts from what the last one left. Here the
// record that wrote a form is remembered, and read again for exactly the text of that form.
import { createRequire } from "node:module";

type SessionRecord = { serialize: (this: SessionRecord) => object };

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

/** Which record wrote a form. */
const writers = new WeakMap<object, SessionRecord>();

Class.prototype.serialize = function serialize(this: SessionRecord) {
  const data = toData.call(this);
  writers.set(data, this);
  return data;
};
Class.deserialize = (data) => (data instanceof Class ? data : fromData(data));

/** By their stored text, which says all of a record: no two sessions share one. */
const held = new Map<string, SessionRecord>();

/** Keeps the record that wrote this form for whoever reads the text of it next. */
export function keepRecord(text: string, data: object): void {
  const record = writers.get(data);
  if (!record) return;
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
