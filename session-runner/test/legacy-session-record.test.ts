import { expect, test } from "vitest";
import { initAuthCreds } from "../whatsapp/baileys.ts";
import { createLibsignalDevice } from "./libsignal-device.ts";
import type { LibsignalDevice } from "./libsignal-device.ts";
import { ada, createOurs, grace, talk, toThem } from "./signal-sides.ts";
import type { Ours } from "./signal-sides.ts";

type LegacyRecord = { _sessions: Record<string, { indexInfo: { closed: number } }> };

/** Our side with the identity, and the records, of a device that had the JavaScript libsignal until now. */
function takeOver(former: LibsignalDevice): Ours {
  const pairOf = ({ pubKey, privKey }: { pubKey: Uint8Array; privKey: Uint8Array }) => ({
    public: pubKey.subarray(1),
    private: privKey,
  });
  const { keyPair, signature } = former.signed;
  const ours = createOurs({
    ...initAuthCreds(),
    registrationId: former.registrationId,
    signedIdentityKey: pairOf(former.identity),
    signedPreKey: { keyId: 1, keyPair: pairOf(keyPair), signature },
  });
  const text = former.records.get("grace.0");
  if (text !== undefined) ours.stage({ keys: { session: { [grace]: text } } });
  return ours;
}

async function exchange(former: LibsignalDevice, theirs: LibsignalDevice): Promise<void> {
  for (const round of [1, 2]) {
    expect(
      await theirs.decrypt(ada, await former.encrypt("grace", `to them ${round}`)),
    ).toBeTruthy();
    expect(await former.decrypt("grace", await theirs.encrypt(ada, `to us ${round}`))).toBeTruthy();
  }
}

test("a JSON record goes on: just begun, and not answered yet", async () => {
  const [former, theirs] = [createLibsignalDevice(), createLibsignalDevice()];
  await former.begin("grace", theirs.bundle(5));
  const lost = await former.encrypt("grace", "from before");
  const ours = takeOver(former);
  expect(ours.hasOpen(grace)).toBe(true);
  expect(ours.describe(grace)?.registrationId).toBe(theirs.registrationId);
  await toThem(ours, theirs, "from after");
  expect(await theirs.decrypt(ada, lost)).toBe("from before");
  await talk(ours, theirs);
});

test("a JSON record goes on: in the midst of a talk that the other side began", async () => {
  const [former, theirs] = [createLibsignalDevice(), createLibsignalDevice()];
  await theirs.begin(ada, former.bundle(5));
  await former.decrypt("grace", await theirs.encrypt(ada, "hello"));
  await exchange(former, theirs);
  const crossing = await former.encrypt("grace", "from before");
  const ours = takeOver(former);
  await toThem(ours, theirs, "from after");
  expect(await theirs.decrypt(ada, crossing)).toBe("from before");
  await talk(ours, theirs);
});

test("a JSON record goes on: with messages that it skipped, of this chain and one that ended", async () => {
  const [former, theirs] = [createLibsignalDevice(), createLibsignalDevice()];
  await former.begin("grace", theirs.bundle(5));
  await exchange(former, theirs);
  const ended = [await theirs.encrypt(ada, "ended 1"), await theirs.encrypt(ada, "ended 2")];
  await exchange(former, theirs);
  const skipped = await theirs.encrypt(ada, "skipped");
  await former.decrypt("grace", await theirs.encrypt(ada, "after it"));
  const ours = takeOver(former);
  expect(await ours.decryptText(skipped)).toBe("skipped");
  for (const [index, message] of ended.entries()) {
    expect(await ours.decryptText(message)).toBe(`ended ${index + 1}`);
  }
  await talk(ours, theirs);
});

test("a JSON record goes on: its archived sessions are there, the latest first", async () => {
  const [former, theirs] = [createLibsignalDevice(), createLibsignalDevice()];
  await former.begin("grace", theirs.bundle(1));
  await exchange(former, theirs);
  const crossing = await theirs.encrypt(ada, "on the first session");
  for (const id of [2, 3, 4]) await former.begin("grace", theirs.bundle(id));
  const record = JSON.parse(former.records.get("grace.0") ?? "") as LegacyRecord;
  const baseKeys = Object.keys(record._sessions);
  const archived = baseKeys.slice(0, 3);
  for (const [index, key] of archived.entries()) {
    const session = record._sessions[key];
    if (session) session.indexInfo.closed = 1_000 + index;
  }
  former.records.set("grace.0", JSON.stringify(record));
  const ours = takeOver(former);
  await ours.encryptText("a step, which stores it in its new form");
  expect(
    ours
      .record()
      .previousSessions.map(({ aliceBaseKey }) =>
        Buffer.from(aliceBaseKey ?? []).toString("base64"),
      ),
  ).toEqual(archived.toReversed());
  expect(await ours.decryptText(crossing)).toBe("on the first session");
});

test("a JSON record without an open session has none, and moves like the rest", async () => {
  const [former, theirs] = [createLibsignalDevice(), createLibsignalDevice()];
  await former.begin("grace", theirs.bundle(1));
  const ours = takeOver(former);
  const text = ours.keys.textOf("session", grace) ?? "";
  ours.stage({ keys: { session: { "closed.0": text.replace('"closed":-1', '"closed":17') } } });
  expect(ours.hasOpen("closed.0")).toBe(false);
  await expect(ours.encrypt("closed.0", Buffer.from("x"))).rejects.toThrow("SessionNotFound");
  expect(ours.move(grace, "moved.0")).toBe(true);
  expect(ours.hasOpen("moved.0")).toBe(true);
});
