import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { decodeKey, encodeKey } from "../whatsapp/key-codec.ts";

type Entry = { indexInfo: { used: number } };
type SessionRecord = { sessions: Record<string, Entry>; serialize(): unknown };

const { deserialize } = createRequire(import.meta.url)("libsignal/src/session_record.js") as {
  deserialize(this: void, data: unknown): SessionRecord;
};

const bytes = Buffer.alloc(32, 7).toString("base64");

function storedText(used: number): string {
  const entry = {
    registrationId: 1,
    currentRatchet: {
      ephemeralKeyPair: { pubKey: bytes, privKey: bytes },
      lastRemoteEphemeralKey: bytes,
      previousCounter: 0,
      rootKey: bytes,
    },
    indexInfo: {
      baseKey: bytes,
      baseKeyType: 2,
      closed: -1,
      used,
      created: 1,
      remoteIdentityKey: bytes,
    },
    _chains: {},
  };
  return JSON.stringify({ _sessions: { [bytes]: entry }, version: "v1" });
}

const read = (text: string) => deserialize(decodeKey("session", text));
const write = (record: SessionRecord) => encodeKey("session", record.serialize());

test("a record is written as libsignal writes it, and the next step gets the same one", () => {
  const text = storedText(1);
  const record = read(text);
  expect(write(record)).toBe(text);
  expect(read(text)).toBe(record);
});

test("who keeps a written form has it as it was, whatever steps the record takes after", () => {
  const record = read(storedText(5));
  const form = record.serialize();
  for (const entry of Object.values(record.sessions)) entry.indexInfo.used = 99;
  expect(JSON.stringify(form)).toBe(storedText(5));
});

test("a store may keep a copy of a written form", () => {
  const copy = structuredClone(read(storedText(6)).serialize());
  expect(write(deserialize(copy))).toBe(storedText(6));
});

test("what a step that failed has left of a record is not used again", () => {
  const text = write(read(storedText(2)));
  const ruined = read(text);
  for (const entry of Object.values(ruined.sessions)) entry.indexInfo.used = 99;
  const again = read(text);
  expect(again).not.toBe(ruined);
  expect(write(again)).toBe(text);
});

test("a record that was written on is not there for its former text", () => {
  const former = storedText(3);
  const record = read(former);
  for (const entry of Object.values(record.sessions)) entry.indexInfo.used = 4;
  expect(write(record)).toBe(storedText(4));
  expect(read(former)).not.toBe(record);
});

test("a thousand records are kept, the latest", () => {
  const first = read(storedText(10_000));
  write(first);
  for (let used = 10_001; used <= 11_000; used += 1) write(read(storedText(used)));
  const last = read(storedText(11_000));
  expect(read(storedText(10_000))).not.toBe(first);
  write(last);
  expect(read(storedText(11_000))).toBe(last);
});
