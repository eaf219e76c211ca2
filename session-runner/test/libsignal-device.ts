// A device with the JavaScript libsignal, as other clients of WhatsApp have it.
import { randomInt } from "node:crypto";
import { createRequire } from "node:module";
import type { CipherType } from "../whatsapp/signal-error.ts";

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
    generatePreKey(id: number): { keyPair: Pair };
  };
};

export type Sealed = { type: CipherType; ciphertext: Uint8Array };

export type Bundle = {
  registrationId: number;
  identityKey: Uint8Array;
  signedPreKey: { keyId: number; publicKey: Uint8Array; signature: Uint8Array };
  preKey?: { keyId: number; publicKey: Uint8Array };
};

export function createLibsignalDevice() {
  const identity = libsignal.keyhelper.generateIdentityKeyPair();
  const signed = libsignal.keyhelper.generateSignedPreKey(identity, 1);
  const registrationId = randomInt(1, 16_000);
  const preKeys = new Map<number, Pair>();
  /** By address, as JSON. */
  const records = new Map<string, string>();
  const storage = {
    loadSession: (id: string) => {
      const record = records.get(id);
      return record && libsignal.SessionRecord.deserialize(JSON.parse(record));
    },
    storeSession: (id: string, record: { serialize(): unknown }) =>
      records.set(id, JSON.stringify(record.serialize())),
    isTrustedIdentity: () => true,
    loadPreKey: (id: number) => preKeys.get(id),
    removePreKey: (id: number) => preKeys.delete(id),
    loadSignedPreKey: () => signed.keyPair,
    getOurRegistrationId: () => registrationId,
    getOurIdentity: () => identity,
  };
  const addressOf = (name: string) => new libsignal.ProtocolAddress(name, 0);
  const cipherFor = (name: string) => new libsignal.SessionCipher(storage, addressOf(name));

  return {
    identity,
    signed,
    registrationId,
    preKeys,
    records,
    bundle(preKeyId?: number): Bundle {
      const published: Bundle = {
        registrationId,
        identityKey: identity.pubKey,
        signedPreKey: { keyId: 1, publicKey: signed.keyPair.pubKey, signature: signed.signature },
      };
      if (preKeyId === undefined) return published;
      const { keyPair } = libsignal.keyhelper.generatePreKey(preKeyId);
      preKeys.set(preKeyId, keyPair);
      return { ...published, preKey: { keyId: preKeyId, publicKey: keyPair.pubKey } };
    },
    begin: (name: string, bundle: Bundle) =>
      new libsignal.SessionBuilder(storage, addressOf(name)).initOutgoing(bundle),
    async encrypt(name: string, text: string): Promise<Sealed> {
      const { type, body } = await cipherFor(name).encrypt(Buffer.from(text));
      return { type: type === 3 ? "pkmsg" : "msg", ciphertext: body };
    },
    async decrypt(name: string, { type, ciphertext }: Sealed): Promise<string> {
      const [cipher, bytes] = [cipherFor(name), Buffer.from(ciphertext)];
      const plaintext =
        type === "pkmsg"
          ? await cipher.decryptPreKeyWhisperMessage(bytes)
          : await cipher.decryptWhisperMessage(bytes);
      return Buffer.from(plaintext).toString();
    },
  };
}

export type LibsignalDevice = ReturnType<typeof createLibsignalDevice>;
