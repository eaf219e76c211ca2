import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { sessionText } from "../whatsapp/session-text.ts";
import type { SessionRecord } from "../whatsapp/session-text.ts";

type Entry = SessionRecord["sessions"][string];
type Form = { _sessions: Record<string, { indexInfo: { closed: number } }> };

const libsignal = createRequire(import.meta.url)("libsignal/src/session_record.js") as {
  deserialize(data: unknown): SessionRecord;
};

const deserialize = (data: unknown) => libsignal.deserialize(data);

const bytes = (seed: number) => Buffer.alloc(33, seed).toString("base64");

/** As libsignal's own form has it. */
function form(seed: number, closed: number, more: object = {}) {
  return {
    registrationId: seed,
    currentRatchet: {
      ephemeralKeyPair: { pubKey: bytes(seed), privKey: bytes(seed + 1) },
      lastRemoteEphemeralKey: bytes(seed + 2),
      previousCounter: 3,
      rootKey: bytes(seed + 3),
    },
    indexInfo: {
      baseKey: bytes(seed + 4),
      baseKeyType: 2,
      closed,
      used: 1_700_000_000_000,
      created: 1_700_000_000_001,
      remoteIdentityKey: bytes(seed + 5),
    },
    _chains: {
      [bytes(seed + 6)]: {
        chainKey: { counter: -1, key: bytes(seed + 7) },
        chainType: 1,
        messageKeys: {},
      },
      [bytes(seed + 8)]: {
        // A chain that is closed has no key any more; those of overtaken messages are kept.
        chainKey: { counter: 7 },
        chainType: 2,
        messageKeys: { 3: bytes(seed + 9), 12: bytes(seed + 10) },
      },
    },
    ...more,
  };
}

function record(...entries: ReturnType<typeof form>[]) {
  const _sessions = Object.fromEntries(entries.map((one) => [one.indexInfo.baseKey, one]));
  return { _sessions, version: "v1" };
}

test("a record's text is letter by letter what libsignal's own form of it gives", () => {
  const pendingPreKey = { signedKeyId: 4, baseKey: bytes(90), preKeyId: 5 };
  const stored = record(form(10, -1, { pendingPreKey }), form(30, 1_700_000_000_002));
  expect(sessionText(deserialize(stored))).toBe(JSON.stringify(stored));
});

test("what a record does not have, its text does not have either", () => {
  const { registrationId: _, ...entry } = form(10, -1);
  const stored = { _sessions: { [entry.indexInfo.baseKey]: entry }, version: "v1" };
  expect(sessionText(deserialize(stored))).toBe(JSON.stringify(stored));
});

test("a step shows in the text", () => {
  const stepped = deserialize(record(form(10, -1)));
  const before = sessionText(stepped);
  const [entry] = Object.values(stepped.sessions) as [Entry];
  const [chain] = Object.values(entry._chains);
  if (!chain) throw new Error("there is no chain");
  chain.chainKey = { counter: 0, key: Buffer.alloc(32, 200) };
  const after = sessionText(stepped);
  expect(after).not.toBe(before);
  expect(after).toContain(Buffer.alloc(32, 200).toString("base64"));
});

test("of a record the open session and the four newest archived ones stay", () => {
  const archived = Array.from({ length: 40 }, (_, i) => form(i, i + 1));
  const text = sessionText(deserialize(record(...archived, form(100, -1))));
  const kept = Object.values((JSON.parse(text) as Form)._sessions);
  expect(kept.map(({ indexInfo }) => indexInfo.closed)).toEqual([37, 38, 39, 40, -1]);
});
