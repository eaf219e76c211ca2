import type { Answer } from "#client/operation.ts";

export type Message = Answer<"listMessages">["data"][number];

export type Chat = { id: string; name: string; last: Message; messages: Message[] };

/** Messages, newest first, by whom they were exchanged with; the chat that moved last comes first. */
export function toChats(messages: readonly Message[]): Chat[] {
  const chats = new Map<string, Chat>();
  for (const message of messages) {
    const chat = chats.get(message.chat);
    if (chat) chat.messages.push(message);
    else {
      const name = nameOf(message.chat);
      chats.set(message.chat, { id: message.chat, name, last: message, messages: [message] });
    }
  }
  return [...chats.values()];
}

/** The phone of an address where it has one. */
export function nameOf(chat: string): string {
  const [, phone] = /^(\d+)(?::\d+)?@s\.whatsapp\.net$/.exec(chat) ?? [];
  return phone === undefined ? chat : `+${phone}`;
}
