// libsignal reads a contact's session record from its stored form before each step and writes it
// back after, although the next step nearly always starts from what the last one left. Here the
// record that wrote a text is remembered, and read again for exactly that text; and the text is made
// without the form between.
import { createRequire } from "node:module";
import { sessionText } from "./session-text.ts";
import type { SessionRecord } from "./session-text.ts";

type SessionRecordClass = {
  new (): SessionRecord;
  prototype: SessionRecord & { serialize(this: SessionRecord): object };
  deserialize(data: unknown): SessionRecord;
};

/** A few KB each, of the contacts that the whole worker has written with lately. */
const limit = 1_000;

const Class = createRequire(import.meta.url)(
  "libsignal/src/session_record.js",
) as SessionRecordClass;

const fromData = Class.deserialize.bind(Class);

/** What libsignal gives its store: the record as it was then. */
export class WrittenRecord {
  readonly text: string;
  #record: SessionRecord;

  constructor(record: SessionRecord) {
    this.text = sessionText(record);
    this.#record = record;
  }

  /** For stores that write JSON themselves. */
  toJSON(): object {
    return JSON.parse(this.text) as object;
  }

  /** Has the record at hand for whoever reads the text next. */
  keep(): void {
    held.delete(this.text);
    held.set(this.text, this.#record);
    for (const oldest of held.keys()) {
      if (held.size <= limit) break;
      held.delete(oldest);
    }
  }
}

Class.prototype.serialize = function serialize(this: SessionRecord) {
  return new WrittenRecord(this);
};
Class.deserialize = (data) => {
  if (data instanceof Class) return data;
  // A store may have kept a copy of what it was given.
  const { text } = data as { text?: unknown };
  return fromData(typeof text === "string" ? JSON.parse(text) : data);
};

/** By their stored text, which says all of a record: no two sessions share one. */
const held = new Map<string, SessionRecord>();

/** The record of a text, once: a step that fails leaves it ruined, and the text is read again. */
export function takeRecord(text: string): unknown {
  const record = held.get(text);
  held.delete(text);
  return record;
}
