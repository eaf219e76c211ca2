import type { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { BusinessProfile } from "../accounts/profile.ts";
import type { Call } from "../calls/calls.ts";
import { announceAppState } from "../routing/announce-app-state.ts";
import { routeChatState } from "../routing/route-chat-state.ts";
import { isGroupJid } from "../groups/groups.ts";
import { announcePicture } from "../routing/announce-picture.ts";
import { isSharedJid, parseJid, phoneServer, toJid } from "../stanza/jid.ts";
import type { PhoneState } from "./phone-state.ts";

/** What a person does on a phone that is no message. `chat` is a number or a group's JID. */
export type PhoneSettingsActions = {
  archive(chat: string, archived?: boolean): void;
  /** Until this time in milliseconds; undefined unmutes. */
  mute(chat: string, until: number | undefined): void;
  markRead(chat: string, read?: boolean): void;
  pin(chat: string, pinned?: boolean): void;
  /** Puts somebody into the address book, which companions share. */
  saveContact(number: string, name: string): void;
  /** Every action of the shared state that is in force, its companions' included. */
  appState(): { collection: string; index: string[]; value: proto.ISyncActionValue }[];
  /** Online or not, for those who asked to know. */
  setPresence(presence: "available" | "unavailable"): void;
  typing(to: string, state: "composing" | "recording" | "paused"): void;
  setAbout(text: string): void;
  setPicture(image: Uint8Array | undefined): void;
  setBusinessProfile(business: BusinessProfile | undefined): void;
  block(number: string, blocked?: boolean): void;
  /** Rings at every connected device of that number. */
  call(to: string, options?: { video?: boolean }): Call;
  endCall(id: string, how?: "ended" | "timeout"): void;
  calls(): Call[];
};

type StateAction = { collection: string; index: string[]; version: number };

const jidOf = (chat: string): string =>
  isSharedJid(chat) || chat.includes("@") ? chat : toJid(chat.replace(/^\+/, ""), phoneServer);

/** Binds them to one phone. */
export const makePhoneSettings = (phone: PhoneState): PhoneSettingsActions => {
  const { world, account, device } = phone;
  const act = ({ collection, ...action }: StateAction, value: proto.ISyncActionValue): void => {
    const stamped = { ...value, timestamp: world.now() };
    world.appStates.of(account).append(collection, { ...action, value: stamped });
    announceAppState(world, device, collection);
  };
  const chatAction = (collection: string, name: string, version: number, chat: string) => ({
    collection,
    index: [name, jidOf(chat)],
    version,
  });
  return {
    archive: (chat, archived = true) =>
      act(chatAction("regular_low", "archive", 3, chat), { archiveChatAction: { archived } }),
    mute: (chat, until) =>
      act(chatAction("regular_high", "mute", 2, chat), {
        muteAction: { muted: until !== undefined, muteEndTimestamp: until ?? null },
      }),
    markRead: (chat, read = true) =>
      act(chatAction("regular_low", "markChatAsRead", 3, chat), { markChatAsReadAction: { read } }),
    pin: (chat, pinned = true) =>
      act(chatAction("regular_low", "pin_v1", 5, chat), { pinAction: { pinned } }),
    saveContact: (number, name) => {
      const lid = world.accounts.ofNumber(number)?.lid;
      act(chatAction("critical_unblock_low", "contact", 2, number), {
        contactAction: {
          fullName: name,
          firstName: name.split(" ")[0] ?? name,
          ...(lid ? { lidJid: `${lid}@lid` } : {}),
        },
      });
    },
    appState: () => world.appStates.of(account).actions(),
    setPresence: (presence) => world.presences.set(device, presence === "available"),
    typing: (to, state) => {
      const content =
        state === "recording"
          ? { tag: "composing", attrs: { media: "audio" } }
          : { tag: state, attrs: {} };
      routeChatState(world, device, {
        tag: "chatstate",
        attrs: { to: isGroupJid(to) ? to : jidOf(to) },
        content: [content],
      });
    },
    setAbout: (text) => {
      const about = { text, t: Math.floor(world.now() / 1000) };
      world.accounts.changeProfile(account, { about });
    },
    setPicture: (image) => {
      const id = String(Buffer.from(world.random(4)).readUInt32BE(0));
      const picture = image && { id, path: world.media.put(image) };
      world.accounts.changeProfile(account, { picture });
      announcePicture(world, device, account, picture?.id);
    },
    setBusinessProfile: (business) => world.accounts.changeProfile(account, { business }),
    block: (number, blocked = true) => {
      const rest = account.profile.blocked.filter((each) => each !== number);
      world.accounts.changeProfile(account, { blocked: blocked ? [...rest, number] : rest });
    },
    call: (to, { video = false } = {}) => {
      const callee = world.accounts.ofNumber(parseJid(jidOf(to))?.user ?? "");
      if (!callee) throw new Error(`${to} is not on this server: create a phone for it first`);
      return world.calls.offer(device, callee, video);
    },
    endCall: (id, how = "ended") => world.calls.end(id, how),
    calls: () => world.calls.ofCaller(account),
  };
};
