// News of people and chats, as events. They are published as they come and not journaled: what a
// crash swallows is at most a name or a mark that the next change tells again.
import { isGroup } from "#shared/address.ts";
import type { Contact } from "#shared/address.ts";
import type { EventDraft, EventOf } from "#shared/contracts/event.ts";
import type { Contact as WhatsappContact, WASocket } from "./baileys.ts";
import { toContact } from "./contact.ts";

type ContactNews = Omit<EventOf<"contact.update">["data"], "contact">;

/** Push names remembered, so that a message says its sender's name once. */
const namesLimit = 1_000;

export type NoticeOptions = {
  /** Contacts, by each of their addresses, whose presence somebody wants to hear of. */
  subscriptions: ReadonlyMap<string, Contact>;
  publish: (draft: EventDraft) => void;
};

export function publishNotices({ ev }: WASocket, { subscriptions, publish }: NoticeOptions): void {
  const names = new Map<string, string>();

  function contact(who: Contact, news: ContactNews): void {
    if (Object.keys(news).length > 0)
      publish({ type: "contact.update", data: { contact: who, ...news } });
  }

  function isNewName(jid: string, name: string | undefined): name is string {
    if (name === undefined || names.get(jid) === name) return false;
    names.set(jid, name);
    for (const oldest of names.keys()) {
      if (names.size <= namesLimit) break;
      names.delete(oldest);
    }
    return true;
  }

  function contacts(all: Partial<WhatsappContact>[]): void {
    for (const { id, lid, phoneNumber, name, notify, imgUrl } of all) {
      if (!id || isGroup(id)) continue;
      contact(toContact(id, phoneNumber ?? lid), {
        ...(name !== undefined && { name }),
        ...(isNewName(id, notify) && { pushName: notify }),
        ...((imgUrl === "changed" || imgUrl === "removed") && { picture: imgUrl }),
      });
    }
  }

  ev.on("contacts.upsert", contacts);
  ev.on("contacts.update", contacts);
  ev.on("messaging-history.set", ({ contacts: all }) =>
    contacts(all.filter(({ name }) => name !== undefined)),
  );
  ev.on("chats.update", (chats) => {
    for (const { id, archived, muteEndTime, unreadCount } of chats) {
      if (!id) continue;
      contact(toContact(id), {
        ...(typeof archived === "boolean" && { archived }),
        ...(muteEndTime !== undefined && { mutedUntil: toMuteEnd(muteEndTime) }),
        // Messages count upwards; only the account's owner sets it to nothing or to unread.
        ...((unreadCount === 0 || unreadCount === -1) && { read: unreadCount === 0 }),
      });
    }
  });
  ev.on("blocklist.update", ({ blocklist, type }) => {
    for (const jid of blocklist) contact(toContact(jid), { blocked: type === "add" });
  });
  ev.on("presence.update", ({ id, presences }) => {
    const chat = subscriptions.get(id);
    if (!chat) return;
    for (const [jid, { lastKnownPresence: state, lastSeen }] of Object.entries(presences)) {
      const who = subscriptions.get(jid) ?? toContact(jid);
      const lastSeenAt = lastSeen ? toTime(lastSeen * 1_000) : null;
      publish({ type: "presence.update", data: { chat, contact: who, state, lastSeenAt } });
    }
  });
}

const farthest = Date.UTC(9999, 11, 31);

/** Zero and nothing are no end: it is not muted. For ever is -1. */
function toMuteEnd(end: unknown): string | null {
  const time = Number(end ?? 0);
  if (time === 0) return null;
  return toTime(time < 0 ? farthest : Math.min(time, farthest));
}

function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
