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

const makeTicks = (phone: Phone) => {
  const confirmed = new Map<string, "delivered" | "read">();
  for (const { id, type } of phone.receipts())
    if (type === "read" || type === "played") confirmed.set(id, "read");
    else if (type !== "retry" && !confirmed.has(id)) confirmed.set(id, "delivered");
  return (id: string) => confirmed.get(id) ?? "sent";
};

/** The author's own receipts tell what was read: also what was read before a restart. */
const makeReadMarks = (simulator: Simulator, reader: Phone) => {
  const marks = new Map<string, Set<string>>();
  const marksOf = (author: string): Set<string> => {
    const receipts = simulator.phone(author)?.receipts() ?? [];
    return new Set(
      receipts.flatMap(({ id, from, type }) =>
        from === reader.number && type === "read" ? [id] : [],
      ),
    );
  };
  return ({ from, id }: ChatMessage): boolean => {
    const own = marks.get(from) ?? marksOf(from);
    marks.set(from, own);
    return own.has(id);
  };
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
  return [...chats]
    .map(([chat, messages]) => ({
      chat,
      name: world.groups.find(chat)?.subject ?? simulator.phone(chat)?.name ?? chat,
      typing: typing.filter((each) => each.chat === chat),
      messages: [...messages.values()].slice(-kept).map(finish),
    }))
    .toSorted((one, other) => latest(other).localeCompare(latest(one)));
};
