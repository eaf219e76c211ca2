import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { isSharedJid, lidServer, phoneServer, toJid } from "../stanza/jid.ts";
import { keyOf, type KnownMessage } from "./known-message.ts";
import type { PhoneState } from "./phone-state.ts";
import { unwrapMessage } from "../content/unwrap-message.ts";

type Dated = KnownMessage & { at: string };

/** A message as phones hand it to their companions: with its key, time and author. */
export const toWebMessage = (phone: PhoneState, known: Dated): proto.IWebMessageInfo => {
  const key = keyOf(phone, known);
  const name = phone.world.accounts.ofNumber(known.author)?.name;
  return {
    key,
    message: known.message,
    messageTimestamp: Math.floor(Date.parse(known.at) / 1000),
    ...(key.participant ? { participant: key.participant } : {}),
    ...(name && !key.fromMe ? { pushName: name } : {}),
    status: proto.WebMessageInfo.Status.DELIVERY_ACK,
  };
};

const allMessages = (phone: PhoneState): Dated[] => {
  const own = phone.account.number;
  const sent = phone.outbox.all().map(({ id, to, at, message }) => ({
    id,
    chat: to,
    author: own,
    at,
    message,
  }));
  const received = phone.inbox.all().flatMap(({ id, from, to, at, message }): Dated[] => {
    if (!message) return [];
    const chat = isSharedJid(to) || from === own ? to : from;
    return [{ id, chat, author: from, at, message: unwrapMessage(message) }];
  });
  return [...sent, ...received].toSorted((a, b) => a.at.localeCompare(b.at));
};

/** What a phone knows of its chats, newest message first as history has it. */
export const toConversations = (phone: PhoneState, messagesEach: number): proto.IConversation[] => {
  const chats = Map.groupBy(allMessages(phone), ({ chat }) => chat);
  return [...chats].map(([chat, messages]) => {
    const newest = messages.slice(-messagesEach).toReversed();
    const at = newest[0] ? Math.floor(Date.parse(newest[0].at) / 1000) : 0;
    const group = phone.world.groups.find(chat);
    const peer = phone.world.accounts.ofNumber(chat);
    return {
      id: isSharedJid(chat) ? chat : toJid(chat, phoneServer),
      messages: newest.map((known) => ({ message: toWebMessage(phone, known) })),
      conversationTimestamp: at,
      ...(group ? { name: group.subject } : {}),
      ...(peer
        ? { name: peer.name, lidJid: toJid(peer.lid, lidServer), pnJid: toJid(chat, phoneServer) }
        : {}),
    };
  });
};

/** The names under which everybody who wrote here goes, and their two addresses. */
export const toPushNames = (phone: PhoneState) => {
  const numbers = new Set([
    phone.account.number,
    ...phone.inbox.all().map(({ from }) => from),
    ...phone.outbox.all().map(({ to }) => to),
  ]);
  const people = [...numbers].flatMap((number) => phone.world.accounts.ofNumber(number) ?? []);
  return {
    pushnames: people.map(({ number, name }) => ({
      id: toJid(number, phoneServer),
      pushname: name,
    })),
    phoneNumberToLidMappings: people.map(({ number, lid }) => ({
      pnJid: toJid(number, phoneServer),
      lidJid: toJid(lid, lidServer),
    })),
  };
};
