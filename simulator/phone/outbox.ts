import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { StateStore } from "../accounts/state-store.ts";

/** A message that a phone sent, kept for retries, edits, quotes and history. */
export type SentMessage = {
  id: string;
  /** Number of the recipient, or JID of the group. */
  to: string;
  at: string;
  message: proto.IMessage;
};

type Saved = Omit<SentMessage, "message"> & { bytes: Uint8Array };

/** What one phone sent, up to a limit after which the oldest are dropped. */
export const openOutbox = (store: StateStore, number: string, limit: number) => {
  const base = `phone/${number}/sent/`;
  const keyOf = (sequence: number): string => base + String(sequence).padStart(12, "0");
  const messages = new Map<string, { sequence: number; message: SentMessage }>();
  let nextSequence = 1;

  for (const [key, value] of store.load(base)) {
    const { bytes, ...rest } = value as Saved;
    const sequence = Number(key.slice(base.length));
    messages.set(rest.id, {
      sequence,
      message: { ...rest, message: proto.Message.decode(bytes) },
    });
    nextSequence = sequence + 1;
  }

  return {
    all: (): SentMessage[] => [...messages.values()].map(({ message }) => message),
    find: (id: string): SentMessage | undefined => messages.get(id)?.message,
    add: (sent: SentMessage): void => {
      const sequence = nextSequence;
      nextSequence += 1;
      messages.set(sent.id, { sequence, message: sent });
      const { message, ...rest } = sent;
      store.put(keyOf(sequence), () => ({
        ...rest,
        bytes: proto.Message.encode(message).finish(),
      }));
      const [oldest] = messages;
      if (messages.size <= limit || !oldest) return;
      messages.delete(oldest[0]);
      store.remove(keyOf(oldest[1].sequence));
    },
  };
};

export type Outbox = ReturnType<typeof openOutbox>;
