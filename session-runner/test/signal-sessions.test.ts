import { randomBytes, randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { createLibsignalDevice } from "./libsignal-device.ts";
import { ada, createOurs, grace, talk, toThem, toUs } from "./signal-sides.ts";

test.each([undefined, 7])("a session that this side begins, with pre-key %s", async (preKeyId) => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  await ours.begin(grace, theirs.bundle(preKeyId));
  expect((await ours.encryptText("")).type).toBe("pkmsg");
  await talk(ours, theirs);
  expect((await ours.encryptText("")).type).toBe("msg");
  expect(theirs.preKeys.size).toBe(0);
});

test("a session that the other side begins uses up the pre-key, and says who it is", async () => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  await theirs.begin(ada, ours.bundle(9));
  await toUs(ours, theirs, "hello");
  await talk(ours, theirs);
  expect(ours.keys.textOf("pre-key", "9")).toBeUndefined();
  const identity = Buffer.from(theirs.identity.pubKey).toString("base64");
  expect(ours.keys.textOf("identity-key", grace)).toBe(identity);
  const { baseKey, registrationId } = ours.describe(grace) ?? {};
  expect(registrationId).toBe(theirs.registrationId);
  const [theirBaseKey] = Object.keys(
    (JSON.parse(theirs.records.get("ada.0") ?? "") as { _sessions: object })._sessions,
  );
  expect(Buffer.from(baseKey ?? []).toString("base64")).toBe(theirBaseKey);
});

test("messages may arrive in another order, and days later", async () => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  await ours.begin(grace, theirs.bundle(7));
  await talk(ours, theirs);
  const late = await theirs.encrypt(ada, "late");
  const later = await theirs.encrypt(ada, "later");
  await toUs(ours, theirs, "on time");
  await talk(ours, theirs);
  expect(await ours.decryptText(later)).toBe("later");
  expect(await ours.decryptText(late)).toBe("late");
});

test.each(["their", "our"] as const)(
  "a message that crosses a renewed session is read, and all that follow, %s side first",
  async (first) => {
    const [ours, theirs] = [createOurs(), createLibsignalDevice()];
    await ours.begin(grace, theirs.bundle(1));
    await talk(ours, theirs);
    const crossing = await theirs.encrypt(ada, "on the old session");
    const alsoCrossing = await theirs.encrypt(ada, "too");
    await ours.begin(grace, theirs.bundle(2));
    await toThem(ours, theirs, "on the new session");
    expect(await ours.decryptText(crossing)).toBe("on the old session");
    if (first === "their") await toUs(ours, theirs, "on the new session as well");
    expect(await ours.decryptText(alsoCrossing)).toBe("too");
    await talk(ours, theirs);
  },
);

test("a session that is still used outlives others that nobody has heard of", async () => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  await ours.begin(grace, theirs.bundle(1));
  await talk(ours, theirs);
  for (let id = 2; id <= 8; id += 1) {
    await ours.begin(grace, theirs.bundle(id));
    await toUs(ours, theirs, `while ${id - 1} were begun`);
  }
  await talk(ours, theirs);
});

test("messages that begin the same session are read on it, though another one is open", async () => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  await theirs.begin(ada, ours.bundle(1));
  const [first, second] = [await theirs.encrypt(ada, "first"), await theirs.encrypt(ada, "second")];
  expect([first.type, second.type]).toEqual(["pkmsg", "pkmsg"]);
  expect(await ours.decryptText(first)).toBe("first");
  await ours.begin(grace, theirs.bundle(1));
  const opened = ours.describe(grace)?.baseKey;
  expect(await ours.decryptText(second)).toBe("second");
  expect(ours.describe(grace)?.baseKey).toEqual(opened);
  await talk(ours, theirs);
});

test("whose session it is stays as it was when it began, whoever a message says it is from", async () => {
  const [ours, theirs, other] = [createOurs(), createLibsignalDevice(), createLibsignalDevice()];
  await theirs.begin(ada, ours.bundle(1));
  await toUs(ours, theirs, "first");
  const { type, ciphertext } = await theirs.encrypt(ada, "second");
  const forged = Buffer.from(ciphertext);
  Buffer.from(other.identity.pubKey).copy(forged, forged.indexOf(theirs.identity.pubKey));
  expect(await ours.decryptText({ type, ciphertext: forged })).toBe("second");
  const identity = Buffer.from(theirs.identity.pubKey).toString("base64");
  expect(ours.keys.textOf("identity-key", grace)).toBe(identity);
  await talk(ours, theirs);
});

test("what cannot be decrypted is told in words that Baileys knows, and leaves no trace", async () => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  const message = { type: "msg", ciphertext: randomBytes(80) } as const;
  await expect(ours.encryptText("to nobody")).rejects.toThrow("SessionNotFound");
  await theirs.begin(ada, ours.bundle(9));
  const first = await theirs.encrypt(ada, "first");
  await expect(ours.decryptText({ ...first, type: "msg" })).rejects.toThrow();
  expect(await ours.decryptText(first)).toBe("first");
  await expect(ours.decryptText(first)).rejects.toThrow("Key used already or never filled");
  await talk(ours, theirs);

  const before = ours.keys.textOf("session", grace);
  const known = await theirs.encrypt(ada, "known");
  const damaged = Buffer.from(known.ciphertext);
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
  const noMatch = "No matching sessions found for message";
  await expect(ours.decryptText({ type: "msg", ciphertext: damaged })).rejects.toThrow(noMatch);
  await expect(ours.decryptText(message)).rejects.toThrow();
  expect(ours.keys.textOf("session", grace)).toBe(before);
  expect(await ours.decryptText(known)).toBe("known");
  await expect(ours.decryptText(known)).rejects.toThrow(noMatch);

  const stranger = createLibsignalDevice();
  await expect(ours.decrypt("stranger.0", "msg", known.ciphertext)).rejects.toThrow(
    "No session record",
  );
  const published = ours.bundle(10);
  await stranger.begin(ada, published);
  void ours.keys.store.set({ "pre-key": { 10: null } });
  const { type, ciphertext } = await stranger.encrypt(ada, "who?");
  await expect(ours.decrypt("stranger.0", type, ciphertext)).rejects.toThrow("Invalid PreKey ID");
  expect(ours.keys.textOf("identity-key", "stranger.0")).toBeUndefined();
});

test("keys that their owner did not sign begin no session", async () => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  const bundle = theirs.bundle(1);
  const forged = {
    ...bundle,
    signedPreKey: { ...bundle.signedPreKey, signature: randomBytes(64) },
  };
  await expect(ours.begin(grace, forged)).rejects.toThrow("invalid signature");
  expect(ours.hasOpen(grace)).toBe(false);
});

test("four archived sessions are kept beside the open one, the latest", async () => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  const baseKeys: string[] = [];
  for (let id = 1; id <= 7; id += 1) {
    await ours.begin(grace, theirs.bundle(id));
    baseKeys.unshift(Buffer.from(ours.describe(grace)?.baseKey ?? []).toString("hex"));
  }
  const archived = ours
    .record()
    .previousSessions.map(({ aliceBaseKey }) => Buffer.from(aliceBaseKey ?? []).toString("hex"));
  expect(archived).toEqual(baseKeys.slice(1, 5));
  expect(ours.hasOpen(grace)).toBe(true);
  await talk(ours, theirs);
});

test("sessions with whoever had an address before are over when another identity comes", async () => {
  const [ours, before, after] = [createOurs(), createLibsignalDevice(), createLibsignalDevice()];
  await before.begin(ada, ours.bundle(1));
  await toUs(ours, before, "from the old phone");
  const late = await before.encrypt(ada, "late");
  await after.begin(ada, ours.bundle(2));
  await toUs(ours, after, "from the new phone");
  expect(ours.record().previousSessions).toHaveLength(0);
  await expect(ours.decryptText(late)).rejects.toThrow();
  await talk(ours, after);
});

test("sessions move to another address whole", async () => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  await ours.begin("4915550001.0", theirs.bundle(1));
  expect(ours.move("4915550001.0", grace)).toBe(true);
  expect(ours.hasOpen("4915550001.0")).toBe(false);
  expect(ours.move("4915550001.0", grace)).toBe(false);
  await talk(ours, theirs);
});

test("no bytes that anybody may send harm what comes after", async () => {
  const [ours, theirs] = [createOurs(), createLibsignalDevice()];
  await ours.begin(grace, theirs.bundle(1));
  const opening = await ours.encryptText("hello");
  expect(await theirs.decrypt(ada, opening)).toBe("hello");
  await toUs(ours, theirs, "hello yourself");
  const samples = [await theirs.encrypt(ada, "one"), await ours.encryptText("own"), opening];
  for (let round = 0; round < 600; round += 1) {
    const sample = samples[round % samples.length] ?? opening;
    const bytes = Buffer.from(sample.ciphertext).subarray(
      0,
      randomInt(sample.ciphertext.length + 1),
    );
    for (let flips = randomInt(4); flips > 0 && bytes.length > 0; flips -= 1) {
      bytes[randomInt(bytes.length)] = randomInt(256);
    }
    for (const type of ["msg", "pkmsg"] as const) {
      await ours.decrypt(grace, type, bytes).catch(() => undefined);
    }
  }
  await talk(ours, theirs);
});
