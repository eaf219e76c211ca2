import type { Answer } from "#client/operation.ts";
import { newestFirst } from "./newest-first.ts";
import { fallbackName, keptAddress, nameOf } from "./contact-names.ts";

export type Message = Answer<"listMessages">["data"][number];

export type KnownChat = Answer<"listChats">["data"][number];

export type Chat = {
  /** The address that its messages are kept under. */
  id: string;
  name: string;
  isGroup: boolean;
  archived: boolean;
  mutedUntil: string | null;
  /** Somebody marked it unread. */
  isMarked: boolean;
  last: Message | undefined;
  /** Messages that came since this browser looked last, as far as the latest ones show. */
  waiting: number;
};

/**
 * The chats that are known, and those of the latest messages; the one that moved last comes first.
 * `seen` says up to when each was looked at here.
 */
export function toChats(
  known: readonly KnownChat[],
  latest: readonly Message[],
  seen: Record<string, string>,
): Chat[] {
  const chats = new Map<string, Chat>();
  const lastDay = new Map<string, string>();
  for (const { contact, lastActiveOn, unread, ...rest } of known) {
    const id = keptAddress(contact);
    const before = chats.get(id);
    lastDay.set(id, [lastDay.get(id) ?? "", lastActiveOn ?? ""].toSorted().at(-1) ?? "");
    chats.set(id, {
      ...emptyChat(id),
      name: nameOf({ contact, ...rest }),
      archived: rest.archived || (before?.archived ?? false),
      mutedUntil: rest.mutedUntil ?? before?.mutedUntil ?? null,
      isMarked: unread || (before?.isMarked ?? false),
    });
  }
  const answered = new Set<string>();
  for (const message of latest.toSorted(newestFirst)) {
    const chat = chats.get(message.chat) ?? emptyChat(message.chat);
    chats.set(chat.id, chat);
    chat.last ??= isNote(message) ? undefined : message;
    if (message.direction === "outbound") answered.add(chat.id);
    const isNew = message.createdAt > (seen[chat.id] ?? "") && !answered.has(chat.id);
    if (isNew && !isNote(message)) chat.waiting += 1;
  }
  const moved = (chat: Chat) => chat.last?.createdAt ?? lastDay.get(chat.id) ?? "";
  return [...chats.values()].toSorted((a, b) => (moved(a) < moved(b) ? 1 : -1));
}

/** What says something about another message rather than something of its own. */
export function isNote({ content: { type } }: Message): boolean {
  return type === "reaction" || type === "edit" || type === "deletion";
}

/** A chat of which nothing is known but where it is. */
export function emptyChat(id: string): Chat {
  const isGroup = id.endsWith("@g.us");
  return {
    id,
    name: fallbackName(id),
    isGroup,
    archived: false,
    mutedUntil: null,
    isMarked: false,
    last: undefined,
    waiting: 0,
  };
}
