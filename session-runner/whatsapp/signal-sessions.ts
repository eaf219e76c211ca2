// The steps of Signal sessions, over journaled keys: by the WASM that derives from Signal's libsignal,
// instead of the JavaScript one that Baileys takes. A step takes it half the time.
import { createRequire } from "node:module";
import { ProtocolAddress, SessionBuilder } from "whatsapp-rust-bridge";
import type { PreKeyBundleInput } from "whatsapp-rust-bridge";
import type { AuthenticationCreds, SignalDataSet } from "./baileys.ts";
import type { JournaledKeys } from "./journaled-keys.ts";
import {
  describeSession,
  fromSessionText,
  hasOpenSession,
  toSessionText,
} from "./session-record.ts";
import type { Sessions } from "./session-record.ts";
import { isUsedCounter, toSignalError } from "./signal-error.ts";
import type { CipherType } from "./signal-error.ts";
import { SignalStep, toSignalKey } from "./signal-step.ts";

const { PreKeyWhisperMessage } = createRequire(import.meta.url)("libsignal/src/protobufs.js") as {
  PreKeyWhisperMessage: { decode(bytes: Uint8Array): { baseKey: Uint8Array } };
};

/** How libsignal numbers what begins a session. */
const preKeyMessage = 3;

/** By Signal address: `<user>.<device>`. Each step has to run within a transaction of the keys. */
export type SignalSessions = {
  /** @throws {Error} when there is no open session */
  encrypt(
    address: string,
    plaintext: Uint8Array,
  ): Promise<{ type: CipherType; ciphertext: Uint8Array }>;
  /**
   * Leaves no trace when it fails.
   * @throws {Error} with one of the messages that Baileys knows from the JavaScript libsignal
   */
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
  describe(address: string): ReturnType<typeof describeSession> | null;
};

export function createSignalSessions(
  creds: AuthenticationCreds,
  keys: JournaledKeys,
): SignalSessions {
  const stepOn = (address: string, session?: Uint8Array) =>
    new SignalStep(address, creds, keys, session);

  function read(address: string): Sessions {
    const text = keys.textOf("session", address);
    if (text === undefined) return { open: undefined, archived: [] };
    const publicKey = toSignalKey(creds.signedIdentityKey.public);
    return fromSessionText(text, { publicKey, registrationId: creds.registrationId });
  }

  function write(address: string, sessions: Sessions, more: SignalDataSet = {}): void {
    // Baileys' name for what only this file reads and writes.
    const session = { [address]: toSessionText(sessions) as unknown as Uint8Array };
    void keys.store.set({ session, ...more });
  }

  function hasOpen(address: string): boolean {
    const text = keys.textOf("session", address);
    return text !== undefined && hasOpenSession(text);
  }

  /** A message of an archived session leaves the open one open: the other side has yet to hear of it. */
  async function decryptKnown(address: string, ciphertext: Uint8Array): Promise<Uint8Array> {
    const { open, archived } = read(address);
    let failure: unknown = "SessionNotFound";
    for (const session of [...(open ? [open] : []), ...archived]) {
      const step = stepOn(address, session);
      try {
        const plaintext = await step.withCipher((one) => one.decryptWhisperMessage(ciphertext));
        write(address, replaced({ open, archived }, session, step.stepped));
        return plaintext;
      } catch (error) {
        failure = error;
        if (isUsedCounter(error)) break;
      }
    }
    throw failure;
  }

  async function decryptFirst(address: string, ciphertext: Uint8Array): Promise<Uint8Array> {
    const sessions = read(address);
    const known = findBegunBy(sessions, ciphertext);
    const step = stepOn(address, known);
    const plaintext = await step.withCipher((one) => one.decryptPreKeyWhisperMessage(ciphertext));
    if (known) {
      // Whose session it is was settled when it began, whatever this message says of it.
      write(address, replaced(sessions, known, step.stepped));
      return plaintext;
    }
    const { identity = new Uint8Array(), usedPreKey } = step;
    const held = keys.textOf("identity-key", address);
    // Sessions with whoever had this address before are over.
    const isOther = held !== undefined && held !== Buffer.from(identity).toString("base64");
    write(address, opened(isOther ? { open: undefined, archived: [] } : sessions, step.stepped), {
      "identity-key": { [address]: identity },
      ...(usedPreKey !== undefined && { "pre-key": { [usedPreKey]: null } }),
    });
    return plaintext;
  }

  return {
    async encrypt(address, plaintext) {
      const sessions = read(address);
      const step = stepOn(address, sessions.open);
      try {
        const { type, body } = await step.withCipher((cipher) => cipher.encrypt(plaintext));
        write(address, { ...sessions, open: step.stepped });
        return { type: type === preKeyMessage ? "pkmsg" : "msg", ciphertext: Buffer.from(body) };
      } catch (error) {
        throw toSignalError(error);
      }
    },
    async decrypt(address, type, ciphertext) {
      try {
        return await (type === "pkmsg" ? decryptFirst : decryptKnown)(address, ciphertext);
      } catch (error) {
        throw toSignalError(error, type);
      }
    },
    async begin(address, bundle) {
      const to = ProtocolAddress.from(address);
      const step = stepOn(address);
      const builder = new SessionBuilder(step, to);
      try {
        await builder.processPreKeyBundle(bundle);
        write(address, opened(read(address), step.stepped));
      } catch (error) {
        throw toSignalError(error);
      } finally {
        builder.free();
        to.free();
      }
    },
    hasOpen,
    move(from, to) {
      if (!hasOpen(from)) return false;
      write(to, read(from));
      void keys.store.set({ session: { [from]: null } });
      return true;
    },
    describe(address) {
      const { open } = read(address);
      return open ? describeSession(open) : null;
    },
  };
}

/** A new session is the open one; the one before is the latest of the archived. */
function opened({ open, archived }: Sessions, session: Uint8Array | undefined): Sessions {
  return { open: session, archived: open ? [open, ...archived] : archived };
}

function replaced(
  { open, archived }: Sessions,
  session: Uint8Array,
  stepped: Uint8Array = session,
): Sessions {
  if (session === open) return { open: stepped, archived };
  return { open, archived: [stepped, ...archived.filter((one) => one !== session)] };
}

/** The session that the message began, when an earlier one of its kind has come. */
function findBegunBy({ open, archived }: Sessions, message: Uint8Array): Uint8Array | undefined {
  // The first byte is the version of the protocol.
  const { baseKey } = PreKeyWhisperMessage.decode(message.subarray(1));
  return [...(open ? [open] : []), ...archived].find((session) =>
    Buffer.from(baseKey).equals(describeSession(session).baseKey),
  );
}
