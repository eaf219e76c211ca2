// How a group's sender keys are read and written, put in place before Baileys uses its own way: that
// reads each byte through a reviver (100 against 5 µs, three times a message), leaves the kept keys of
// messages that were overtaken in a form that it cannot decrypt with, and keeps those of our own
// messages, 167 bytes a send, which nobody needs.
import { SenderKeyRecord } from "./load-baileys.ts";

type SenderKeys = InstanceType<typeof SenderKeyRecord>;
type State = ReturnType<SenderKeys["serialize"]>[number];

/** The same with bytes as JSON has them. */
type StoredState = {
  senderKeyId: number;
  senderChainKey: { iteration: number; seed: unknown };
  senderSigningKey: { public: unknown; private?: unknown };
  senderMessageKeys?: { iteration: number; seed: unknown }[];
};

const { serialize: statesOf } = SenderKeyRecord.prototype as {
  serialize: (this: SenderKeys) => State[];
};

SenderKeyRecord.prototype.serialize = function serialize() {
  // Baileys does nothing with them but write JSON.
  return statesOf.call(this).map(toStored) as unknown as State[];
};

SenderKeyRecord.deserialize = (data) => {
  const states = JSON.parse(Buffer.from(data).toString("utf8")) as StoredState[];
  return new SenderKeyRecord(states.map(fromStored));
};

function toStored(state: State): StoredState {
  const { senderChainKey, senderSigningKey, senderMessageKeys } = state;
  // Only our own come with the private key, and nobody decrypts their own messages.
  const isOwn = (senderSigningKey.private?.length ?? 0) > 0;
  return {
    senderKeyId: state.senderKeyId,
    senderChainKey: withText(senderChainKey),
    senderSigningKey: {
      public: toText(senderSigningKey.public),
      private: toText(senderSigningKey.private ?? []),
    },
    senderMessageKeys: isOwn ? [] : senderMessageKeys.map(withText),
  };
}

function fromStored(stored: StoredState): State {
  const { senderChainKey, senderSigningKey, senderMessageKeys = [] } = stored;
  return {
    senderKeyId: stored.senderKeyId,
    senderChainKey: withBytes(senderChainKey),
    senderSigningKey: {
      public: toBytes(senderSigningKey.public),
      private: toBytes(senderSigningKey.private),
    },
    senderMessageKeys: senderMessageKeys.map(withBytes),
  };
}

function withText({ iteration, seed }: { iteration: number; seed: Uint8Array }) {
  return { iteration, seed: toText(seed) };
}

function withBytes({ iteration, seed }: { iteration: number; seed: unknown }) {
  return { iteration, seed: toBytes(seed) };
}

function toText(bytes: Uint8Array | number[]) {
  return { type: "Buffer", data: Buffer.from(bytes).toString("base64") };
}

/** From base64, an array, or an object that has either as its `data`, or a number for each index. */
function toBytes(stored: unknown): Buffer {
  if (typeof stored === "string") return Buffer.from(stored, "base64");
  if (Array.isArray(stored)) return Buffer.from(stored as number[]);
  if (typeof stored !== "object" || stored === null) return Buffer.alloc(0);
  if ("data" in stored) return toBytes(stored.data);
  return Buffer.from(Object.values(stored as Record<string, number>));
}
