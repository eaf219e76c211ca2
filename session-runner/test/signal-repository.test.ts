import { expect, test } from "vitest";
import "../silence-console.ts";
import { applyChange, emptyFold } from "../journal/fold.ts";
import type { Journal } from "../journal/journal.ts";
import { initAuthCreds } from "../whatsapp/baileys.ts";
import { createJournaledKeys } from "../whatsapp/journaled-keys.ts";
import { quietLogger } from "../whatsapp/quiet-logger.ts";
import { createSignalRepository } from "../whatsapp/signal-repository.ts";
import { createSignalSessions } from "../whatsapp/signal-sessions.ts";
import { createStanzas } from "../whatsapp/stanzas.ts";
import { createLibsignalDevice } from "./libsignal-device.ts";

const pn = "4915550001@s.whatsapp.net";
const lid = "880000001@lid";

function createRepository() {
  const fold = emptyFold();
  const journal = {
    fold,
    stage: (change) => applyChange(fold, change),
    together: (work) => work(),
  } as Journal;
  const creds = initAuthCreds();
  const keys = createJournaledKeys(journal);
  const decryption = { recall: () => undefined, decrypted: () => undefined };
  const make = createSignalRepository({
    creds,
    keys,
    sessions: createSignalSessions(creds, keys),
    stanzas: createStanzas(),
    decryption,
  });
  const addresses = () => [...(fold.keys.get("session") ?? [])].map(([address]) => address).sort();
  return { repository: make({ creds, keys: keys.store }, quietLogger), keys, addresses };
}

test("sessions with all devices of a number go on under its LID once that is known", async () => {
  const { repository, keys, addresses } = createRepository();
  const [phone, companion] = [createLibsignalDevice(), createLibsignalDevice()];
  void keys.store.set({ "device-list": { 4915550001: ["0", "7", "99"] } });
  await repository.injectE2ESession({ jid: pn, session: phone.bundle(1) });
  const companionPn = pn.replace("@", ":7@");
  await repository.injectE2ESession({ jid: companionPn, session: companion.bundle(1) });
  const first = await repository.encryptMessage({ jid: pn, data: Buffer.from("by number") });
  expect(await phone.decrypt("us", first)).toBe("by number");
  expect(addresses()).toEqual(["4915550001.0", "4915550001.7"]);

  await repository.lidMapping.storeLIDPNMappings([{ lid, pn }]);
  expect(await repository.migrateSession(pn, lid)).toEqual({ migrated: 2, skipped: 0, total: 2 });
  expect(addresses()).toEqual(["880000001_1.0", "880000001_1.7"]);
  for (const [jid, device] of [
    [pn, phone],
    [lid, phone],
    [companionPn, companion],
  ] as const) {
    expect(await repository.validateSession(jid)).toEqual({ exists: true });
    const sealed = await repository.encryptMessage({ jid, data: Buffer.from(jid) });
    expect(await device.decrypt("us", sealed)).toBe(jid);
  }
  expect(await repository.migrateSession(pn, lid)).toEqual({ migrated: 0, skipped: 2, total: 2 });
});

test("sessions stay where they are when there is no LID to move to", async () => {
  const { repository, addresses } = createRepository();
  await repository.injectE2ESession({ jid: pn, session: createLibsignalDevice().bundle(1) });
  expect(await repository.migrateSession(pn, pn)).toEqual({ migrated: 0, skipped: 0, total: 0 });
  expect(await repository.migrateSession(lid, lid)).toEqual({ migrated: 0, skipped: 0, total: 0 });
  expect(addresses()).toEqual(["4915550001.0"]);
  expect(await repository.validateSession(lid)).toEqual({ exists: false });
  expect(await repository.getSessionInfo(lid)).toBeNull();
});
