import { expect, test } from "vitest";
import { toChats } from "../live/chats.ts";
import type { KnownChat } from "../live/chats.ts";
import { aMessage } from "./a-message.ts";

const ada: KnownChat = {
  contact: { id: "77@lid", phone: "+14155550123", lid: "77@lid" },
  name: null,
  pushName: "Ada",
  subject: null,
  archived: false,
  mutedUntil: null,
  unread: false,
  lastActiveOn: "2026-11-20",
};
const chat = "14155550123@s.whatsapp.net";
const at = (minute: number) => `2026-11-21T10:0${minute}:00.000Z`;

test("a person who is known under two addresses is one chat, with a name", () => {
  const byPhone = { ...ada, contact: { ...ada.contact, id: chat }, unread: true };
  expect(toChats([ada, byPhone], [], {})).toMatchObject([
    { id: chat, name: "Ada", isMarked: true },
  ]);
});

test("what came since one looked or answered is counted; reactions are not", () => {
  const newest = aMessage({ id: "msg_4", createdAt: at(4) });
  const latest = [
    aMessage({
      id: "msg_5",
      createdAt: at(5),
      content: {
        type: "reaction",
        reaction: { to: { messageId: null, whatsappId: "", sender: "" }, emoji: "👍" },
      },
    }),
    newest,
    aMessage({ id: "msg_3", createdAt: at(3) }),
    aMessage({ id: "msg_2", createdAt: at(2), direction: "outbound" }),
    aMessage({ id: "msg_1", createdAt: at(1) }),
  ];
  expect(toChats([ada], latest, {})).toMatchObject([{ waiting: 2, last: newest }]);
  expect(toChats([ada], latest, { [chat]: at(3) })).toMatchObject([{ waiting: 1 }]);
});

test("the chat that moved last comes first, also one that nobody has told of yet", () => {
  const latest = [aMessage({ chat: "1234567890@g.us" })];
  const chats = toChats([ada], latest, {});
  expect(chats.map(({ id }) => id)).toEqual(["1234567890@g.us", chat]);
  expect(chats[0]).toMatchObject({ isGroup: true, name: "1234567890@g.us" });
});

test("what came within the same second is in the order of its arrival, whatever its ids are", () => {
  const first = aMessage({ id: "msg_b", deliveredAt: "2026-11-21T10:00:00.100Z" });
  const second = aMessage({ id: "msg_a", deliveredAt: "2026-11-21T10:00:00.200Z" });
  expect(toChats([], [first, second], {})[0]?.last).toBe(second);
});
