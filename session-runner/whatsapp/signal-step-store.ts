import type { KeyPair, SessionRecord, SignalStorage, SignedPreKey } from "whatsapp-rust-bridge";
import type { AuthenticationCreds } from "./baileys.ts";
import type { JournaledKeys } from "./journaled-keys.ts";
import { decodeKey, encodeKey } from "./key-codec.ts";
import { fromSessionText, onlyOpenSession } from "./session-record.ts";

/** How libsignal numbers the direction of a message. */
const receiving = 1;

/** Signal's mark of a Curve25519 key, before its 32 bytes. */
const keyType = Buffer.of(5);

/** What one step reads and writes. libsignal calls it by these names. */
export class SignalStepStore implements SignalStorage {
  readonly address: string;
  readonly #creds: AuthenticationCreds;
  readonly #keys: JournaledKeys;
  readonly #savesSender: boolean;
  /** Whom the message that is being decrypted is from, by its own word. */
  #sender: Uint8Array | undefined;

  constructor(
    address: string,
    creds: AuthenticationCreds,
    keys: JournaledKeys,
    { savesSender = false } = {},
  ) {
    this.address = address;
    this.#creds = creds;
    this.#keys = keys;
    this.#savesSender = savesSender;
  }

  loadSession(): Uint8Array | undefined {
    const text = this.#keys.textOf("session", this.address);
    if (text === undefined) return undefined;
    const { registrationId } = this.#creds;
    return fromSessionText(text, { publicKey: this.getOurIdentity().pubKey, registrationId });
  }

  storeSession(_address: string, record: SessionRecord): void {
    const bytes = record.serialize();
    record.free();
    const held = this.#keys.textOf("identity-key", this.address);
    const sender = this.#savesSender ? this.#sender : undefined;
    const isOther =
      sender !== undefined && held !== undefined && held !== encodeKey("identity-key", sender);
    void this.#keys.store.set({
      // Sessions with whoever had this address before are over.
      session: { [this.address]: isOther ? onlyOpenSession(bytes) : bytes },
      ...(sender && { "identity-key": { [this.address]: sender } }),
    });
  }

  /** On first use, and each later one: as WhatsApp's own clients do. */
  isTrustedIdentity(_name: string, identity: Uint8Array, direction: number): boolean {
    if (direction === receiving) this.#sender = identity;
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
    void this.#keys.store.set({ "pre-key": { [id]: null } });
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
function toSignalKey(key: Uint8Array): Uint8Array {
  return key.length === 33 ? key : Buffer.concat([keyType, key]);
}
