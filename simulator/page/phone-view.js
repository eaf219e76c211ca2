import { makeChatList } from "./chat-list.js";
import { makeConversation } from "./conversation.js";
import { makeDevices } from "./devices.js";
import { element } from "./element.js";

/** One phone on the desk: its chats, a conversation, or its linked devices. */
export const makePhoneView = ({ number, name }) => {
  const title = element("h3", {}, name);
  const subtitle = element("p", { className: "number" }, `+${number}`);
  const back = element("button", { type: "button", "aria-label": "Back to chats" }, "‹");
  const toDevices = element("button", { type: "button", className: "quiet" }, "Linked devices");
  const stage = element("div", { className: "stage" });
  const root = element(
    "article",
    { className: "phone", "aria-label": `Phone of ${name}`, "data-number": number },
    element("header", {}, back, element("div", { className: "who" }, title, subtitle), toDevices),
    stage,
  );

  let latest = { chats: [], phones: [], qrs: [], devices: [] };
  let shown = "";
  let conversation;
  const devices = makeDevices(number);
  const chatList = makeChatList(number, (chat, chatName) => {
    conversation = makeConversation(number, chat, chatName);
    show(conversation.root, chatName, name, true);
    conversation.line.focus();
  });

  const refresh = () => {
    const chat = latest.chats.find((each) => each.chat === conversation?.chat);
    conversation?.update(chat?.messages ?? [], chat?.typing ?? []);
    const next = JSON.stringify(latest);
    // Rows that did not change keep the keyboard's focus.
    if (next === shown) return;
    shown = next;
    if (stage.contains(chatList.root)) chatList.update(latest.chats, latest.phones);
    if (stage.contains(devices.root)) devices.update(latest.devices, latest.qrs);
  };

  function show(screen, heading, below, inner) {
    stage.replaceChildren(screen);
    title.textContent = heading;
    subtitle.textContent = below;
    back.hidden = !inner;
    toDevices.hidden = inner;
    shown = "";
    refresh();
  }

  const showChats = () => {
    conversation = undefined;
    show(chatList.root, name, `+${number}`, false);
  };
  back.addEventListener("click", () => {
    showChats();
    toDevices.focus();
  });
  toDevices.addEventListener("click", () => {
    show(devices.root, "Linked devices", name, true);
    back.focus();
  });
  showChats();

  return {
    root,
    update: (news) => {
      latest = news;
      refresh();
    },
  };
};
