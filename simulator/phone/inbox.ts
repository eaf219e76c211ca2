import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { StateStore } from "../accounts/state-store.ts";
import type { MessageContent } from "../content/message-content.ts";

export type MessageKind = "pkmsg" | "msg" | "skmsg";

/** A message that a phone shows. */
export type ReceivedMessage = {
  id: string;
  /** Number of the author: the phone's own for a copy of what its companion sent. */
  from: string;
  fromDevice: number;
  /** Number of the recipient, or JID of the group. */
  to: string;
  /** Empty for what has no text, and on phones that do not decrypt. */
  text: string;
  at: string;
  /** How the content was encrypted; `skmsg` is a group's. */
  kind: MessageKind;
  /** What it is, decoded; absent on phones that do not decrypt, like `message`. */
  content?: MessageContent;
  message?: proto.Message;
};

export type MessageMatch = {
  text?: string | undefined;
  id?: string | undefined;
  from?: string | undefined;
  type?: MessageContent["type"] | undefined;
};

type SavedMessage = Omit<ReceivedMessage, "message"> & { bytes?: Uint8Array };
type Waiter = { match: MessageMatch; resolve(message: ReceivedMessage): void };
type Codec = {
  encode(message: proto.Message): Uint8Array;
  decode(bytes: Uint8Array): proto.Message;
};

const matches = (message: ReceivedMessage, match: MessageMatch): boolean =>
  (match.text === undefined || message.text === match.text) &&
  (match.id === undefined || message.id === match.id) &&
  (match.from === undefined || message.from === match.from) &&
  (match.type === undefined || message.content?.type === match.type);

/** Within one chat an author uses an id once: a second message with it is a resend. */
const identity = ({ from, to, id }: Pick<ReceivedMessage, "from" | "to" | "id">): string =>
  `${from} ${to} ${id}`;

/** The messages of one phone, each shown once, up to a limit after which the oldest are dropped. */
export const openInbox = (store: StateStore, number: string, limit: number, codec: Codec) => {
  const base = `phone/${number}/received/`;
  const keyOf = (sequence: number): string => base + String(sequence).padStart(12, "0");
  const waiters = new Set<Waiter>();
  const messages = new Map<string, { sequence: number; message: ReceivedMessage }>();
  let nextSequence = 1;

  for (const [key, value] of store.load(base)) {
    const { bytes, ...rest } = value as SavedMessage;
    const message = bytes ? { ...rest, message: codec.decode(bytes) } : rest;
    const sequence = Number(key.slice(base.length));
    messages.set(identity(message), { sequence, message });
    nextSequence = sequence + 1;
  }

  const all = (): ReceivedMessage[] => [...messages.values()].map(({ message }) => message);

  return {
    all,
    /** Shows the message, unless it is a resend of one that is shown. */
    add: (message: ReceivedMessage): void => {
      if (messages.has(identity(message))) return;
      const sequence = nextSequence;
      nextSequence += 1;
      messages.set(identity(message), { sequence, message });
      const { message: content, ...rest } = message;
      const toSave = (): SavedMessage =>
        content ? { ...rest, bytes: codec.encode(content) } : rest;
      store.put(keyOf(sequence), toSave);
      if (messages.size > limit) {
        const [oldest] = messages;
        if (oldest) {
          messages.delete(oldest[0]);
          store.remove(keyOf(oldest[1].sequence));
        }
      }
      for (const waiter of waiters)
        if (matches(message, waiter.match)) {
          waiters.delete(waiter);
          waiter.resolve(message);
        }
    },
    find: (match: MessageMatch): ReceivedMessage | undefined =>
      all().find((message) => matches(message, match)),
    waitFor: (match: MessageMatch, timeoutMs: number): Promise<ReceivedMessage> => {
      const present = all().find((message) => matches(message, match));
      if (present) return Promise.resolve(present);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiters.delete(waiter);
          const last = all().slice(-5);
          reject(
            new Error(
              `phone ${number} got no message with ${JSON.stringify(match)} in ${timeoutMs} ms; ` +
                `its last are ${JSON.stringify(last.map(({ id, from, text }) => ({ id, from, text })))}`,
            ),
          );
        }, timeoutMs);
        const waiter: Waiter = {
          match,
          resolve: (message) => {
            clearTimeout(timer);
            resolve(message);
          },
        };
        waiters.add(waiter);
      });
    },
  };
};

export type Inbox = ReturnType<typeof openInbox>;
