import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { unwrapMessage } from "../content/unwrap-message.ts";
import { lidServer, isSharedJid, phoneServer, toJid } from "../stanza/jid.ts";
import type { PhoneState } from "./phone-state.ts";

/** A message that a phone sent or received, as later messages refer to it. */
export type KnownMessage = {
  id: string;
  /** Number of the other person, or JID of the group. */
  chat: string;
  /** Number of the author. */
  author: string;
  message: proto.IMessage;
};

/** The message with this id; throws when the phone has none. */
export const requireMessage = (phone: PhoneState, id: string): KnownMessage => {
  const own = phone.account.number;
  const sent = phone.outbox.find(id);
  if (sent) return { id, chat: sent.to, author: own, message: sent.message };
  const received = phone.inbox.find({ id });
  if (!received)
    throw new Error(`phone ${own} has neither sent nor received a message with the id ${id}`);
  const { from, to, message } = received;
  if (!message)
    throw new Error(`phone ${own} does not decrypt, so it cannot refer to message ${id}`);
  const chat = isSharedJid(to) || from === own ? to : from;
  return { id, chat, author: from, message: unwrapMessage(message) };
};

/** How this phone names that message to others. */
export const keyOf = (phone: PhoneState, known: KnownMessage): proto.IMessageKey => {
  const { id, chat, author } = known;
  const fromMe = author === phone.account.number;
  if (!isSharedJid(chat)) return { id, fromMe, remoteJid: toJid(chat, phoneServer) };
  const lid = phone.world.accounts.ofNumber(author)?.lid ?? author;
  return { id, fromMe, remoteJid: chat, participant: toJid(lid, lidServer) };
};
