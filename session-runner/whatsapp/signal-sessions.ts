// The steps of Signal sessions, over journaled keys: libsignal's own implementation compiled to WASM
// instead of the JavaScript one. A step takes it half the time, and one that fails leaves no trace.
import { ProtocolAddress, SessionBuilder, SessionCipher } from "whatsapp-rust-bridge";
import type { PreKeyBundleInput } from "whatsapp-rust-bridge";
import type { AuthenticationCreds } from "./baileys.ts";
import type { JournaledKeys } from "./journaled-keys.ts";
import { describeOpenSession, hasOpenSession } from "./session-record.ts";
import { toSignalError } from "./signal-error.ts";
import type { CipherType } from "./signal-error.ts";
import { SignalStepStore } from "./signal-step-store.ts";

/** How libsignal numbers what begins a session. */
const preKeyMessage = 3;

/** By Signal address: `<user>.<device>`. Each step has to run within a transaction of the keys. */
export type SignalSessions = {
  /** @throws {Error} when there is no open session */
  encrypt(
    address: string,
    plaintext: Uint8Array,
  ): Promise<{ type: CipherType; ciphertext: Uint8Array }>;
  /** @throws {Error} with one of the messages that Baileys knows from the JavaScript libsignal */
  decrypt(address: string, type: CipherType, ciphertext: Uint8Array): Promise<Uint8Array>;
  /**
   * Opens a session with a device from its published keys; the one before is archived.
   * @throws {Error} when the device did not sign them
   */
  begin(address: string, bundle: PreKeyBundleInput): Promise<void>;
  /** Keeps the sessions under another address; false when there was no open one. */
  move(from: string, to: string): boolean;
  hasOpen(address: string): boolean;
  /** What tells the open session from another one with the same device; null when there is none. */
  describe(address: string): ReturnType<typeof describeOpenSession>;
};

export function createSignalSessions(
  creds: AuthenticationCreds,
  keys: JournaledKeys,
): SignalSessions {
  async function step<Result>(
    store: SignalStepStore,
    work: (cipher: SessionCipher) => Promise<Result>,
  ): Promise<Result> {
    const to = ProtocolAddress.from(store.address);
    const cipher = new SessionCipher(store, to);
    try {
      return await work(cipher);
    } finally {
      cipher.free();
      to.free();
    }
  }

  function hasOpen(address: string): boolean {
    const text = keys.textOf("session", address);
    return text !== undefined && hasOpenSession(text);
  }

  return {
    async encrypt(address, plaintext) {
      const store = new SignalStepStore(address, creds, keys);
      try {
        const { type, body } = await step(store, (cipher) => cipher.encrypt(plaintext));
        return { type: type === preKeyMessage ? "pkmsg" : "msg", ciphertext: Buffer.from(body) };
      } catch (error) {
        throw toSignalError(error);
      }
    },
    async decrypt(address, type, ciphertext) {
      const store = new SignalStepStore(address, creds, keys, { savesSender: type === "pkmsg" });
      try {
        return await step(store, (cipher) =>
          type === "pkmsg"
            ? cipher.decryptPreKeyWhisperMessage(ciphertext)
            : cipher.decryptWhisperMessage(ciphertext),
        );
      } catch (error) {
        throw toSignalError(error, type);
      }
    },
    async begin(address, bundle) {
      const to = ProtocolAddress.from(address);
      const builder = new SessionBuilder(new SignalStepStore(address, creds, keys), to);
      try {
        await builder.processPreKeyBundle(bundle);
      } catch (error) {
        throw toSignalError(error);
      } finally {
        builder.free();
        to.free();
      }
    },
    hasOpen,
    move(from, to) {
      const record = hasOpen(from) && new SignalStepStore(from, creds, keys).loadSession();
      if (!record) return false;
      void keys.store.set({ session: { [to]: record, [from]: null } });
      return true;
    },
    describe(address) {
      const record = new SignalStepStore(address, creds, keys).loadSession();
      return record ? describeOpenSession(record) : null;
    },
  };
}
