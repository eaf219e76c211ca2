import { element } from "./element.js";

const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

const summary = ({ messages, typing }) => {
  const last = messages.at(-1);
  if (typing.length > 0) return `${typing[0].what}…`;
  if (!last) return "No messages yet";
  return last.deleted ? "This message was deleted" : last.text || `[${last.type}]`;
};

const row = (chat, open) => {
  const unread = chat.messages.filter(({ mine, read }) => !mine && !read).length;
  const last = chat.messages.at(-1);
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", className: "row", onclick: () => open(chat.chat, chat.name) },
      element("span", { className: "face", "aria-hidden": "true" }, chat.name.slice(0, 1)),
      element(
        "span",
        { className: "about" },
        element("strong", {}, chat.name),
        element("span", { className: "last" }, summary(chat)),
      ),
      element(
        "span",
        { className: "side" },
        element("time", {}, last ? clock(last.at) : ""),
        unread > 0
          ? element("span", { className: "unread", "aria-label": `${unread} unread` }, `${unread}`)
          : undefined,
      ),
    ),
  );
};

/** The conversations of a phone, and everybody else it may write to. */
export const makeChatList = (number, open) => {
  const list = element("ul", { className: "rows" });
  const people = element("ul", { className: "rows" });
  const peopleTitle = element("h4", {}, "Start a chat");
  const nobody = element("p", { className: "hint" }, "Make a second phone to write to.");
  const root = element("div", { className: "screen" }, list, peopleTitle, people, nobody);

  const update = (chats, phones) => {
    list.replaceChildren(...chats.map((chat) => row(chat, open)));
    const known = new Set([number, ...chats.map(({ chat }) => chat)]);
    const others = phones.filter((phone) => !known.has(phone.number));
    peopleTitle.hidden = others.length === 0;
    nobody.hidden = others.length + chats.length > 0;
    people.replaceChildren(
      ...others.map((phone) =>
        row({ chat: phone.number, name: phone.name, messages: [], typing: [] }, open),
      ),
    );
  };
  return { root, update };
};
