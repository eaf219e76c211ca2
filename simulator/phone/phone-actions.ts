import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { FileKind } from "../content/message-content.ts";
import { contextOf } from "../content/read-content.ts";
import { unwrapMessage } from "../content/unwrap-message.ts";
import {
  toContact,
  toDeletion,
  toEdit,
  toPoll,
  toReaction,
  toText,
  type FileOptions,
} from "../content/write-content.ts";
import { isSharedJid, lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { keyOf, requireMessage, type KnownMessage } from "./known-message.ts";
import { downloadFile, fileMessage } from "./phone-files.ts";
import type { PhoneState } from "./phone-state.ts";
import { toVote } from "./poll-answers.ts";
import { sendMessage, sendStatus, type SendOptions } from "./send-message.ts";

type Sent = Promise<{ id: string }>;

export type TextOptions = {
  /** Numbers of those who are mentioned as @number in the text. */
  mentions?: string[] | undefined;
  /** Id of the message that is quoted. */
  quote?: string | undefined;
};

/** One call for each thing that a person does on a phone. `to` is a number, a LID or a group's JID. */
export type PhoneActions = {
  say(to: string, text: string, options?: TextOptions): Sent;
  /** Uploads the file and sends it. */
  sendMedia(to: string, kind: FileKind, file: Uint8Array, options?: FileOptions): Sent;
  /** Its recipient may look at it once; companions are told only that it came. */
  viewOnce(to: string, kind: "image" | "video", file: Uint8Array, options?: FileOptions): Sent;
  /** Reacts to a message that it sent or received; "" takes the reaction back. */
  react(messageId: string, emoji: string): Sent;
  edit(messageId: string, text: string): Sent;
  deleteForEveryone(messageId: string): Sent;
  forward(messageId: string, to: string): Sent;
  poll(to: string, question: string, options: string[], selectable?: number): Sent;
  vote(pollId: string, options: string[]): Sent;
  location(
    to: string,
    place: { latitude: number; longitude: number; name?: string; address?: string },
  ): Sent;
  contact(to: string, name: string, number: string): Sent;
  /** Publishes a text for these numbers. */
  status(text: string, viewers: string[]): Sent;
  /** Any message, as protobuf. */
  send(to: string, message: proto.IMessage, options?: SendOptions): Sent;
  /** The decrypted file of a message that it sent or received. */
  download(messageId: string): Promise<Buffer>;
};

const authorJid = (phone: PhoneState, { author, chat }: KnownMessage): string =>
  isSharedJid(chat)
    ? toJid(phone.world.accounts.ofNumber(author)?.lid ?? author, lidServer)
    : toJid(author, phoneServer);

const textContext = (
  phone: PhoneState,
  to: string,
  { mentions = [], quote }: TextOptions,
): proto.IContextInfo | undefined => {
  if (mentions.length === 0 && quote === undefined) return undefined;
  const mentionedJid = mentions.map((number) => {
    const lid = phone.world.accounts.ofNumber(number)?.lid;
    return isSharedJid(to) && lid ? toJid(lid, lidServer) : toJid(number, phoneServer);
  });
  if (quote === undefined) return { mentionedJid };
  const known = requireMessage(phone, quote);
  const participant = authorJid(phone, known);
  return { mentionedJid, stanzaId: quote, participant, quotedMessage: known.message };
};

const asForwarded = (message: proto.IMessage): proto.IMessage => {
  const inner = unwrapMessage(message);
  const score = (contextOf(inner).forwardingScore ?? 0) + 1;
  const contextInfo = { forwardingScore: score, isForwarded: true };
  if (inner.conversation) return { extendedTextMessage: { text: inner.conversation, contextInfo } };
  const [name, content] =
    Object.entries(inner).find(
      ([key, value]) => key.endsWith("Message") && typeof value === "object" && value !== null,
    ) ?? [];
  if (!name) throw new Error("this message has nothing that could be forwarded");
  return { [name]: { ...(content as object), contextInfo } };
};

const requireOwn = (phone: PhoneState, id: string): KnownMessage => {
  const known = requireMessage(phone, id);
  if (known.author !== phone.account.number)
    throw new Error(`message ${id} is by ${known.author}: only its author can change it`);
  return known;
};

/** Binds the actions to one phone. Mistakes reject, as everything here does. */
export const makePhoneActions = (phone: PhoneState): PhoneActions => {
  const { world } = phone;
  const send = (to: string, message: proto.IMessage, options?: SendOptions): Sent =>
    sendMessage(phone, to, message, options);
  const answer = async (known: KnownMessage, message: proto.IMessage): Sent =>
    send(known.chat, message);
  return {
    send,
    say: async (to, text, options = {}) => send(to, toText(text, textContext(phone, to, options))),
    sendMedia: async (to, kind, file, options = {}) =>
      send(to, fileMessage(phone, kind, file, options)),
    viewOnce: async (to, kind, file, options = {}) => {
      const message = fileMessage(phone, kind, file, options);
      const content = message.imageMessage ?? message.videoMessage;
      if (content) content.viewOnce = true;
      return send(to, { viewOnceMessageV2: { message } }, { unavailable: "view_once" });
    },
    react: async (id, emoji) => {
      const known = requireMessage(phone, id);
      return answer(known, toReaction(keyOf(phone, known), emoji, world.now()));
    },
    edit: async (id, text) => {
      const known = requireOwn(phone, id);
      return answer(known, toEdit(keyOf(phone, known), text, world.now()));
    },
    deleteForEveryone: async (id) => {
      const known = requireOwn(phone, id);
      return answer(known, toDeletion(keyOf(phone, known)));
    },
    forward: async (id, to) => send(to, asForwarded(requireMessage(phone, id).message)),
    poll: async (to, question, options, selectable = 1) =>
      send(to, toPoll(question, options, selectable, world.random(32))),
    vote: async (pollId, options) => {
      const { chat, message } = toVote(phone, pollId, options);
      return send(chat, message);
    },
    location: async (to, { latitude, longitude, ...rest }) =>
      send(to, {
        locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, ...rest },
      }),
    contact: async (to, name, number) => send(to, toContact(name, number)),
    status: async (text, viewers) => sendStatus(phone, { extendedTextMessage: { text } }, viewers),
    download: async (id) => downloadFile(phone, requireMessage(phone, id).message),
  };
};
