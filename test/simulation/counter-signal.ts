// Stands in for libsignal: the ratchet towards a contact is a counter in the journal's keys, so
// that a counter used twice is plain to see.
import type {
  SignalKeyStoreWithTransaction,
  SocketConfig,
} from "#session-runner/whatsapp/baileys.ts";
import { proto } from "#session-runner/whatsapp/baileys.ts";

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

/** In the place of Baileys' own repository; ours wraps it all the same. */
export const counterSignal: SocketConfig["makeSignalRepository"] = ({ keys }) => {
  const store = keys as SignalKeyStoreWithTransaction;

  async function ratchetOf(jid: string): Promise<Ratchet> {
    const { [jid]: held } = await store.get("session", [jid]);
    const ratchet = (held ?? { version, sent: 0, got: [] }) as unknown as Ratchet;
    return { ...ratchet, got: [...ratchet.got] };
  }

  async function keep(jid: string, ratchet: Ratchet): Promise<void> {
    await store.set({ session: { [jid]: ratchet as unknown as Uint8Array } });
  }

  const repository = {
    lidMapping: { getLIDForPN: async () => null },
    encryptMessage: ({ jid, data }: { jid: string; data: Uint8Array }) =>
      store.transaction(async () => {
        const ratchet = await ratchetOf(jid);
        const counter = ratchet.sent;
        ratchet.sent += 1;
        await keep(jid, ratchet);
        const payload = Buffer.from(data).toString("base64");
        return { type: "msg" as const, ciphertext: toBytes({ counter, payload }) };
      }, jid),
    decryptMessage: ({ jid, ciphertext }: { jid: string; ciphertext: Uint8Array }) =>
      store.transaction(async () => {
        const { counter, payload } = fromBytes(ciphertext) as Ciphertext;
        const ratchet = await ratchetOf(jid);
        if (ratchet.got.includes(counter)) throw new UsedCounterError(`${counter} of ${jid}`);
        ratchet.got.push(counter);
        await keep(jid, ratchet);
        return Buffer.from(payload, "base64");
      }, jid),
  };
  return repository as unknown as ReturnType<SocketConfig["makeSignalRepository"]>;
};
