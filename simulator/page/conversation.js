import { read, say, tellTyping } from "./control.js";
import { element } from "./element.js";
import { attempt } from "./problem.js";

const ticks = { sent: "✓", delivered: "✓✓", read: "✓✓" };
const typingAgainMs = 3_000;

const clock = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

const bubble = (message, inGroup) => {
  const { mine, status, deleted, type, text, edited, reactions } = message;
  const label = ["text", "edit", "encrypted"].includes(type) ? text : `[${type}] ${text}`;
  return element(
    "li",
    { className: mine ? "bubble mine" : "bubble", "data-id": message.id },
    !mine && inGroup ? element("strong", {}, message.fromName) : undefined,
    element("p", {}, deleted ? "This message was deleted" : label),
    element(
      "small",
      {},
      reactions.length > 0 ? element("span", {}, `${reactions.join("")} `) : undefined,
      edited ? "edited " : "",
      element("time", { dateTime: message.at }, clock(message.at)),
      mine
        ? element(
            "span",
            { className: `ticks ${status}`, role: "img", "aria-label": status },
            ticks[status],
          )
        : undefined,
    ),
  );
};

/** One conversation: what was said, and a line to answer with. */
export const makeConversation = (number, chat, name) => {
  const log = element("ol", { className: "log", "aria-live": "polite", "aria-label": name });
  const typing = element("p", { className: "typing", role: "status" });
  const line = element("input", {
    name: "text",
    required: true,
    autocomplete: "off",
    placeholder: "Message",
    "aria-label": `Message to ${name}`,
  });
  const asked = new Set();
  let typingSince = 0;
  let shown = "";

  const tell = (state) => {
    typingSince = state === "composing" ? Date.now() : 0;
    tellTyping(number, chat, state).catch(() => {});
  };
  line.addEventListener("input", () => {
    if (line.value === "" && typingSince > 0) tell("paused");
    else if (line.value !== "" && Date.now() - typingSince > typingAgainMs) tell("composing");
  });
  line.addEventListener("blur", () => typingSince > 0 && tell("paused"));

  const composer = element(
    "form",
    { className: "composer" },
    line,
    element("button", { "aria-label": "Send" }, "➤"),
  );
  composer.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = line.value;
    line.value = "";
    typingSince = 0;
    const sent = await attempt(() => say(number, chat, text));
    if (!sent && line.value === "") line.value = text;
  });

  const confirm = (messages) => {
    for (const { id, mine, read: known } of messages) {
      if (mine || known || asked.has(id) || document.hidden) continue;
      asked.add(id);
      read(number, id).catch(() => asked.delete(id));
    }
  };

  const update = (messages, typists) => {
    typing.textContent = typists.map(({ what }) => `${what}…`).join(" ");
    confirm(messages);
    const next = JSON.stringify(messages);
    if (next === shown) return;
    shown = next;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    log.replaceChildren(...messages.map((message) => bubble(message, chat.includes("@"))));
    if (atEnd) log.scrollTop = log.scrollHeight;
  };

  return {
    root: element("div", { className: "screen" }, log, typing, composer),
    chat,
    update,
    line,
  };
};
