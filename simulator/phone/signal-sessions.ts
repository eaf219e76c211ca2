import {
  GroupCipher,
  GroupSessionBuilder,
  ProtocolAddress,
  SenderKeyDistributionMessage,
  SenderKeyName,
  SessionBuilder,
  SessionCipher,
  type KeyPair,
  type SignalStorage,
} from "whatsapp-rust-bridge";
import type { Device, KeyBundle } from "../accounts/account.ts";
import type { PreKey } from "../accounts/pre-key-pool.ts";
import type { StateStore } from "../accounts/state-store.ts";
import { toSignalKey } from "../noise/curve.ts";
import { joinRecords, splitRecord } from "./session-record.ts";
import type { SignalKeys } from "./signal-keys.ts";

export type CipherKind = "pkmsg" | "msg";

const preKeyMessageType = 3;

/** Phone number and LID are two names of one device: sessions are kept under the number. */
const addressOf = (device: Device): [name: string, device: number] => [
  device.account.number,
  device.id,
];

/**
 * A phone's Signal sessions. Changes are staged until `save`, so that a ratchet step and what it
 * decrypted reach the disk together.
 */
export const openSignalSessions = (store: StateStore, number: string, keys: SignalKeys) => {
  const base = `phone/${number}`;
  const sessions = new Map<string, Uint8Array>();
  const senderKeys = new Map<string, Uint8Array>();
  const preKeys = new Map<number, KeyPair>();
  const ciphers = new Map<string, SessionCipher>();
  let staged: (() => void)[] = [];

  for (const [key, value] of store.load(`${base}/session/`))
    sessions.set(key.slice(`${base}/session/`.length), value as Uint8Array);
  for (const [key, value] of store.load(`${base}/pre-key/`))
    preKeys.set(Number(key.slice(`${base}/pre-key/`.length)), value as KeyPair);

  for (const [key, value] of store.load(`${base}/sender-key/`))
    senderKeys.set(key.slice(`${base}/sender-key/`.length), value as Uint8Array);

  const keepSession = (address: string, bytes: Uint8Array): void => {
    sessions.set(address, bytes);
    staged.push(() => store.put(`${base}/session/${address}`, () => bytes));
  };

  const storage: SignalStorage = {
    loadSession: (address) => sessions.get(address),
    storeSession: (address, record) => keepSession(address, record.serialize()),
    getOurIdentity: () => keys.identity,
    getOurRegistrationId: () => keys.registrationId,
    isTrustedIdentity: () => true,
    loadPreKey: (id) => preKeys.get(id),
    removePreKey: (id) => {
      preKeys.delete(id);
      staged.push(() => store.remove(`${base}/pre-key/${id}`));
    },
    loadSignedPreKey: (id) => (id === keys.signedPreKey.keyId ? keys.signedPreKey : undefined),
    loadSenderKey: (id) => senderKeys.get(id),
    storeSenderKey: (id, record) => {
      senderKeys.set(id, record);
      staged.push(() => store.put(`${base}/sender-key/${id}`, () => record));
    },
  };

  /** A cipher keeps what it has read: it must not outlive a change of which it does not know. */
  const forgetCipher = (device: Device): void => {
    ciphers.delete(addressOf(device).join("."));
  };

  /** A failed step ruins what the cipher has read. */
  const withCipher = async <Result>(
    device: Device,
    step: (cipher: SessionCipher) => Promise<Result>,
  ): Promise<Result> => {
    const address = addressOf(device);
    const known = ciphers.get(address.join("."));
    const cipher = known ?? new SessionCipher(storage, new ProtocolAddress(...address));
    ciphers.set(address.join("."), cipher);
    try {
      return await step(cipher);
    } catch (error) {
      forgetCipher(device);
      throw error;
    }
  };

  /** Each session is tried by itself: a try on one that the message is not of ruins it. */
  const decryptKnown = async (device: Device, ciphertext: Uint8Array): Promise<Uint8Array> => {
    const address = addressOf(device).join(".");
    const records = splitRecord(sessions.get(address) ?? new Uint8Array());
    if (records.length < 2)
      return withCipher(device, (one) => one.decryptWhisperMessage(ciphertext));
    forgetCipher(device);
    let failure: unknown;
    for (const record of records) {
      let stepped = record;
      const trial: SignalStorage = {
        ...storage,
        loadSession: () => record,
        storeSession: (_address, after) => void (stepped = after.serialize()),
      };
      const cipher = new SessionCipher(trial, new ProtocolAddress(...addressOf(device)));
      try {
        const plaintext = await cipher.decryptWhisperMessage(ciphertext);
        const others = records.filter((other) => other !== record);
        keepSession(address, joinRecords([stepped, ...others]));
        return plaintext;
      } catch (error) {
        failure ??= error;
      } finally {
        cipher.free();
      }
    }
    throw failure;
  };

  return {
    has: (device: Device): boolean => sessions.has(addressOf(device).join(".")),
    /** Starts a session from fetched keys; refuses keys that their owner did not sign. */
    begin: async (device: Device, bundle: KeyBundle, preKey: PreKey | undefined): Promise<void> => {
      const builder = new SessionBuilder(storage, new ProtocolAddress(...addressOf(device)));
      await builder.processPreKeyBundle({
        registrationId: bundle.registrationId,
        identityKey: toSignalKey(bundle.identity),
        signedPreKey: {
          keyId: bundle.signedPreKey.id,
          publicKey: toSignalKey(bundle.signedPreKey.value),
          signature: bundle.signedPreKey.signature,
        },
        preKey: preKey && { keyId: preKey.id, publicKey: toSignalKey(preKey.value) },
      });
      forgetCipher(device);
    },
    encrypt: async (
      device: Device,
      plaintext: Uint8Array,
    ): Promise<{ type: CipherKind; body: Uint8Array }> => {
      const { type, body } = await withCipher(device, (cipher) => cipher.encrypt(plaintext));
      return { type: type === preKeyMessageType ? "pkmsg" : "msg", body };
    },
    decrypt: (device: Device, kind: CipherKind, ciphertext: Uint8Array): Promise<Uint8Array> =>
      kind === "pkmsg"
        ? withCipher(device, (cipher) => cipher.decryptPreKeyWhisperMessage(ciphertext))
        : decryptKnown(device, ciphertext),
    /** The own key of a group, made on first use, as others need it to decrypt. */
    distributeSenderKey: async (group: string, own: Device): Promise<Uint8Array> => {
      const name = new SenderKeyName(group, new ProtocolAddress(...addressOf(own)));
      return (await new GroupSessionBuilder(storage).create(name)).serialize();
    },
    /** The next message to the group is encrypted with a new key. */
    forgetSenderKey: (group: string, own: Device): void => {
      const id = new SenderKeyName(group, new ProtocolAddress(...addressOf(own))).toString();
      senderKeys.delete(id);
      staged.push(() => store.remove(`${base}/sender-key/${id}`));
    },
    acceptSenderKey: async (group: string, author: Device, key: Uint8Array): Promise<void> => {
      const name = new SenderKeyName(group, new ProtocolAddress(...addressOf(author)));
      const message = SenderKeyDistributionMessage.deserialize(key);
      await new GroupSessionBuilder(storage).process(name, message);
    },
    encryptForGroup: (group: string, own: Device, plaintext: Uint8Array): Promise<Uint8Array> =>
      new GroupCipher(storage, group, new ProtocolAddress(...addressOf(own))).encrypt(plaintext),
    decryptFromGroup: (
      group: string,
      author: Device,
      ciphertext: Uint8Array,
    ): Promise<Uint8Array> =>
      new GroupCipher(storage, group, new ProtocolAddress(...addressOf(author))).decrypt(
        ciphertext,
      ),
    addPreKey: (id: number, pair: KeyPair): void => {
      preKeys.set(id, pair);
      staged.push(() => store.put(`${base}/pre-key/${id}`, () => pair));
    },
    /** Writes what is staged; call it inside the transaction that stores the outcome. */
    save: (): void => {
      const writes = staged;
      staged = [];
      for (const write of writes) write();
    },
  };
};

export type SignalSessions = ReturnType<typeof openSignalSessions>;
