import { ProtocolAddress, SessionCipher } from "whatsapp-rust-bridge";
import type { KeyPair, SessionRecord, SignalStorage, SignedPreKey } from "whatsapp-rust-bridge";
import type { AuthenticationCreds } from "./baileys.ts";
import type { JournaledKeys } from "./journaled-keys.ts";
import { decodeKey } from "./key-codec.ts";
import { fromRecord, toRecord } from "./session-record.ts";

/** Signal's mark of a Curve25519 key, before its 32 bytes. */
const keyType = Buffer.of(5);

/**
 * What one step of libsignal reads, and what it has written: nothing else knows of it until the step
 * is done. It is given one session at a time, because a try on one that is not the right one ruins
 * it. libsignal calls these by their names.
 */
export class SignalStep implements SignalStorage {
  readonly address: string;
  readonly #creds: AuthenticationCreds;
  readonly #keys: JournaledKeys;
  readonly #session: Uint8Array | undefined;
  /** The session after the step. */
  stepped: Uint8Array | undefined;
  /** The other side's identity, by its own word. */
  identity: Uint8Array | undefined;
  usedPreKey: number | undefined;

  constructor(
    address: string,
    creds: AuthenticationCreds,
    keys: JournaledKeys,
    session: Uint8Array | undefined,
  ) {
    this.address = address;
    this.#creds = creds;
    this.#keys = keys;
    this.#session = session;
  }

  async withCipher<Result>(work: (cipher: SessionCipher) => Promise<Result>): Promise<Result> {
    const to = ProtocolAddress.from(this.address);
    const cipher = new SessionCipher(this, to);
    try {
      return await work(cipher);
    } finally {
      cipher.free();
      to.free();
    }
  }

  loadSession(): Uint8Array | undefined {
    return this.#session && toRecord(this.#session);
  }

  storeSession(_address: string, record: SessionRecord): void {
    this.stepped = fromRecord(record.serialize()).open;
    record.free();
  }

  /** On first use, and each later one: as WhatsApp's own clients do. */
  isTrustedIdentity(_name: string, identity: Uint8Array): boolean {
    this.identity = identity;
    return true;
  }

  getOurIdentity(): KeyPair {
    const { public: pubKey, private: privKey } = this.#creds.signedIdentityKey;
    return { pubKey: toSignalKey(pubKey), privKey };
  }

  getOurRegistrationId(): number {
    return this.#creds.registrationId;
  }

  loadPreKey(id: number): KeyPair | undefined {
    const text = this.#keys.textOf("pre-key", String(id));
    if (text === undefined) return undefined;
    const pair = decodeKey("pre-key", text) as { private: Uint8Array; public: Uint8Array };
    return { pubKey: toSignalKey(pair.public), privKey: pair.private };
  }

  removePreKey(id: number): void {
    this.usedPreKey = id;
  }

  /** There is one, whatever its id: it is not renewed. */
  loadSignedPreKey(): SignedPreKey {
    const { keyPair, keyId, signature } = this.#creds.signedPreKey;
    return {
      keyId,
      keyPair: { pubKey: toSignalKey(keyPair.public), privKey: keyPair.private },
      signature,
    };
  }

  /** Groups are Baileys'. */
  loadSenderKey(): undefined {
    return undefined;
  }

  storeSenderKey(): void {}
}

/** As Signal writes a public key. */
export function toSignalKey(key: Uint8Array): Uint8Array {
  return key.length === 33 ? key : Buffer.concat([keyType, key]);
}
