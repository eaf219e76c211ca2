import { expect, test } from "vitest";
import { applyChange, emptyFold } from "../journal/fold.ts";
import type { Journal } from "../journal/journal.ts";
import { encodeCreds } from "../whatsapp/key-codec.ts";
import { isPaired } from "../whatsapp/identity.ts";
import { createJournaledKeys } from "../whatsapp/journaled-keys.ts";

function journalOf(change: Parameters<typeof applyChange>[1]): Journal {
  const fold = emptyFold();
  applyChange(fold, change);
  return { fold } as Journal;
}

test("a phone's LID is found for each of its devices, and for nobody who is unknown", () => {
  const mapping = { 4915550001: "880000001", "880000001_reverse": "4915550001" };
  const keys = createJournaledKeys(journalOf({ keys: { "lid-mapping": mapping } }));
  expect(keys.findLid("4915550001@s.whatsapp.net")).toBe("880000001@lid");
  expect(keys.findLid("4915550001:0@s.whatsapp.net")).toBe("880000001@lid");
  expect(keys.findLid("4915550001:12@s.whatsapp.net")).toBe("880000001:12@lid");
  expect(keys.findLid("4915550002@s.whatsapp.net")).toBeUndefined();
  expect(keys.findLid("4915550001:99@hosted")).toBeUndefined();
  expect(keys.findLid("880000001@lid")).toBeUndefined();
});

test("a journal is of a linked device when its credentials have an account", () => {
  const account = { details: Buffer.from("signed") };
  expect(isPaired(journalOf({ creds: encodeCreds({ me: { id: "1" }, account }) }))).toBe(true);
  const named = { me: { id: "1", name: '"account":{' }, account: undefined };
  expect(isPaired(journalOf({ creds: encodeCreds(named) }))).toBe(false);
  expect(isPaired(journalOf({}))).toBe(false);
});
