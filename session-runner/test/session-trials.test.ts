import { randomInt } from "node:crypto";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import "../silence-console.ts";
import "../whatsapp/session-trials.ts";

type Pair = { pubKey: Uint8Array; privKey: Uint8Array };

type Cipher = {
  encrypt(data: Uint8Array): Promise<{ type: number; body: Uint8Array }>;
  decryptWhisperMessage(body: Uint8Array): Promise<Uint8Array>;
  decryptPreKeyWhisperMessage(body: Uint8Array): Promise<Uint8Array>;
};

const libsignal = createRequire(import.meta.url)("libsignal") as {
  ProtocolAddress: new (name: string, device: number) => object;
  SessionBuilder: new (
    storage: object,
    address: object,
  ) => { initOutgoing(bundle: object): Promise<void> };
  SessionCipher: new (storage: object, address: object) => Cipher;
  SessionRecord: { deserialize(data: unknown): object };
  keyhelper: {
    generateIdentityKeyPair(): Pair;
    generateSignedPreKey(identity: Pair, id: number): { keyPair: Pair; signature: Uint8Array };
  };
};

function createDevice(name: string) {
  const identity = libsignal.keyhelper.generateIdentityKeyPair();
  const signed = libsignal.keyhelper.generateSignedPreKey(identity, 1);
  const registrationId = randomInt(1, 16_000);
  const records = new Map<string, string>();
  const storage = {
    loadSession: (id: string) => {
      const record = records.get(id);
      return record && libsignal.SessionRecord.deserialize(JSON.parse(record));
    },
    storeSession: (id: string, record: { serialize(): unknown }) =>
      records.set(id, JSON.stringify(record.serialize())),
    isTrustedIdentity: () => true,
    loadPreKey: () => undefined,
    removePreKey: () => undefined,
    loadSignedPreKey: () => signed.keyPair,
    getOurRegistrationId: () => registrationId,
    getOurIdentity: () => identity,
  };
  const bundle = {
    registrationId,
    identityKey: identity.pubKey,
    signedPreKey: { keyId: 1, publicKey: signed.keyPair.pubKey, signature: signed.signature },
  };
  return { address: new libsignal.ProtocolAddress(name, 0), storage, bundle };
}

type Device = ReturnType<typeof createDevice>;

const cipher = (own: Device, other: Device) =>
  new libsignal.SessionCipher(own.storage, other.address);

async function carry(from: Device, to: Device, text: string): Promise<string> {
  const { type, body } = await cipher(from, to).encrypt(Buffer.from(text));
  return open(from, to, type, body);
}

async function open(from: Device, to: Device, type: number, body: Uint8Array): Promise<string> {
  const opener = cipher(to, from);
  const bytes = Buffer.from(body);
  const plaintext =
    type === 3
      ? await opener.decryptPreKeyWhisperMessage(bytes)
      : await opener.decryptWhisperMessage(bytes);
  return Buffer.from(plaintext).toString();
}

test("messages stay readable when one of the other side crosses a renewed session", async () => {
  const ada = createDevice("ada");
  const grace = createDevice("grace");
  const renew = () =>
    new libsignal.SessionBuilder(ada.storage, grace.address).initOutgoing(grace.bundle);
  await renew();
  expect(await carry(ada, grace, "hello")).toBe("hello");
  expect(await carry(grace, ada, "hello yourself")).toBe("hello yourself");
  expect(await carry(ada, grace, "how are you")).toBe("how are you");

  const crossing = await cipher(grace, ada).encrypt(Buffer.from("on the old session"));
  await renew();
  expect(await carry(ada, grace, "on the new session")).toBe("on the new session");
  expect(await open(grace, ada, crossing.type, crossing.body)).toBe("on the old session");

  expect(await carry(ada, grace, "still readable")).toBe("still readable");
  expect(await carry(grace, ada, "so is this")).toBe("so is this");
});
