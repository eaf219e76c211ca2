import type { MessageContent } from "../content/message-content.ts";
import type { Phone } from "../phone/phone.ts";
import type { Simulator } from "../simulator.ts";
import { isSharedJid } from "../stanza/jid.ts";
import type { World } from "../world.ts";
import {
  describeContent,
  everyMessage,
  type ChatMessage,
  type RawMessage,
} from "./chat-message.ts";
import { makeReadMarks, makeTicks } from "./ticks.ts";
import { whoTypes, type Typing } from "./who-types.ts";

export type Chat = {
  /** A number or a group's JID: what `to` takes. */
  chat: string;
  name: string;
  typing: Typing[];
  messages: ChatMessage[];
};

const kept = 200;

/** Applies what changes an earlier message; false when it is a message of its own. */
const applyChange = (
  content: MessageContent | undefined,
  known: Map<string, ChatMessage>,
): boolean => {
  if (content?.type === "reaction") {
    const target = known.get(content.to);
    if (target) target.reactions = content.emoji === "" ? [] : [...target.reactions, content.emoji];
    return true;
  }
  if (content?.type !== "edit" && content?.type !== "delete") return false;
  const target = known.get(content.of);
  const change =
    content.type === "edit" ? { text: content.text, edited: true } : { text: "", deleted: true };
  if (target) Object.assign(target, change);
  return true;
};

const latest = ({ messages }: Chat): string => messages.at(-1)?.at ?? "";

/** The conversations of a phone, its groups included, the one with the latest message first. */
export const chatsOf = (simulator: Simulator, world: World, phone: Phone): Chat[] => {
  const groups = world.groups.ofMember(phone.number);
  const chats = new Map(groups.map(({ jid }) => [jid, new Map<string, ChatMessage>()]));
  const show = ({ id, from, at, text, content }: RawMessage): ChatMessage => ({
    id,
    from,
    fromName: simulator.phone(from)?.name ?? `+${from}`,
    mine: from === phone.number,
    at,
    type: content?.type ?? "encrypted",
    text: describeContent(content, text),
    reactions: [],
    edited: false,
    deleted: false,
  });
  for (const raw of everyMessage(phone)) {
    const chat = isSharedJid(raw.to) || raw.from === phone.number ? raw.to : raw.from;
    const messages = chats.get(chat) ?? new Map<string, ChatMessage>();
    chats.set(chat, messages);
    if (!applyChange(raw.content, messages)) messages.set(raw.id, show(raw));
  }
  const ticksOf = makeTicks(phone);
  const wasRead = makeReadMarks(simulator, phone);
  const finish = (message: ChatMessage): ChatMessage =>
    message.mine
      ? { ...message, status: ticksOf(message.id) }
      : { ...message, read: wasRead(message) };
  const typing = whoTypes(world, phone.number);
  const stillTyping = (chat: string, messages: ChatMessage[]): Typing[] =>
    typing.filter(
      ({ from, since, ...each }) =>
        each.chat === chat &&
        // Whoever has sent the message no longer writes it.
        !messages.some((message) => message.from === from && message.at >= since),
    );
  const toChat = (chat: string, known: Map<string, ChatMessage>): Chat => {
    const messages = [...known.values()].slice(-kept).map(finish);
    const name = world.groups.find(chat)?.subject ?? simulator.phone(chat)?.name ?? chat;
    return { chat, name, typing: stillTyping(chat, messages), messages };
  };
  return [...chats]
    .map(([chat, known]) => toChat(chat, known))
    .toSorted((one, other) => latest(other).localeCompare(latest(one)));
};
