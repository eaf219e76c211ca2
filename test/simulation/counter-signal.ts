// Stands in for libsignal: the ratchet towards a contact is a counter in the journal's keys, so
// that a counter used twice is plain to see.
import type { SocketConfig } from "#session-runner/whatsapp/baileys.ts";
import { proto } from "#session-runner/whatsapp/baileys.ts";
import type { WhatsappSettings } from "#session-runner/whatsapp/socket-config.ts";

/** What a contact's device gets, and what we get from it. */
export type Ciphertext = { counter: number; payload: string };

type Ratchet = { version: string; sent: number; got: number[] };

/** The key was used already, as libsignal says of a message that comes twice. */
class UsedCounterError extends Error {
  override name = "UsedCounterError";
}

export function toBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

export function fromBytes(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString());
}

/** A text as WhatsApp pads it before it is encrypted. */
export function toPlaintext(message: proto.IMessage): Buffer {
  return Buffer.concat([proto.Message.encode(message).finish(), Buffer.of(1)]);
}

export function textOf(plaintext: Uint8Array): string {
  const { conversation, extendedTextMessage } = proto.Message.decode(plaintext.subarray(0, -1));
  return conversation || extendedTextMessage?.text || "";
}

/** Long enough for the journal to write patches of what it keeps. */
const version = "v1, a counter in the place of a ratchet, as long as what it stands for would be";

/** Of Baileys' own repository only what ours asks of it. */
export const bareRepository = (() => ({
  lidMapping: { getLIDForPN: async () => null },
  jidToSignalProtocolAddress: (jid: string) => jid,
})) as unknown as SocketConfig["makeSignalRepository"];

export const counterSessions: NonNullable<WhatsappSettings["makeSessions"]> = (_creds, keys) => {
  function ratchetOf(address: string): Ratchet {
    const text = keys.textOf("session", address);
    return text === undefined ? { version, sent: 0, got: [] } : (JSON.parse(text) as Ratchet);
  }

  function keep(address: string, ratchet: Ratchet): void {
    const session = { [address]: JSON.stringify(ratchet) as unknown as Uint8Array };
    void keys.store.set({ session });
  }

  return {
    async encrypt(address, data) {
      const ratchet = ratchetOf(address);
      keep(address, { ...ratchet, sent: ratchet.sent + 1 });
      const payload = Buffer.from(data).toString("base64");
      return { type: "msg", ciphertext: toBytes({ counter: ratchet.sent, payload }) };
    },
    async decrypt(address, _type, ciphertext) {
      const { counter, payload } = fromBytes(ciphertext) as Ciphertext;
      const ratchet = ratchetOf(address);
      if (ratchet.got.includes(counter)) throw new UsedCounterError(`${counter} of ${address}`);
      keep(address, { ...ratchet, got: [...ratchet.got, counter] });
      return Buffer.from(payload, "base64");
    },
    begin: async () => undefined,
    move: () => false,
    hasOpen: () => true,
    describe: () => null,
  };
};
