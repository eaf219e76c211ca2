import { keptAddress } from "#shared/address.ts";
import type { Contact } from "#shared/address.ts";
import * as contacts from "#functions/store/contacts.ts";
import type { Table } from "#functions/store/items.ts";

export type NoteChat = (
  owner: { sessionId: string; accountId: string },
  chat: Contact,
) => Promise<void>;

const notedAtOnce = 20_000;

/**
 * Keeps the list of chats: an address is noted once a day, as far as this process remembers, and not
 * with every message, so that it costs a write a chat and day.
 */
export function createNoteChat(messages: Table): NoteChat {
  const noted = new Set<string>();
  return async (owner, chat) => {
    const activeOn = new Date(messages.now()).toISOString().slice(0, 10);
    const name = `${activeOn} ${owner.sessionId} ${keptAddress(chat)}`;
    // That its other address is known now is news as well.
    const whole = chat.lid === null ? name : `${name} ${chat.lid}`;
    if (noted.has(whole)) return;
    await contacts.note(messages, owner, chat, { activeOn });
    if (noted.size >= notedAtOnce) noted.clear();
    noted.add(name).add(whole);
  };
}
