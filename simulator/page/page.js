import { createPhone, findAddress, listChats, listPhones, listQrs } from "./control.js";
import { element } from "./element.js";
import { makePhoneView } from "./phone-view.js";
import { attempt } from "./problem.js";

const pauseMs = 600;
const openAtFirst = 3;

const shelf = document.getElementById("shelf");
const desk = document.getElementById("desk");
const health = document.getElementById("health");
const views = new Map();
let phones = [];
let chosen;

const toggle = (number) => {
  if (chosen.has(number)) chosen.delete(number);
  else chosen.add(number);
  arrange();
};

const shelfButton = ({ number, name, devices }) => {
  const companions = devices.length - 1;
  return element(
    "button",
    { type: "button", "aria-pressed": String(chosen.has(number)), onclick: () => toggle(number) },
    element("strong", {}, name),
    element("span", {}, `+${number}`),
    companions > 0 ? element("span", {}, `${companions} linked`) : undefined,
  );
};

let shelved = "";
function arrange() {
  const next = JSON.stringify([phones, [...chosen]]);
  if (next === shelved) return;
  shelved = next;
  const focused = [...shelf.children].indexOf(document.activeElement);
  shelf.replaceChildren(...phones.map(shelfButton));
  if (focused >= 0) shelf.children[focused]?.focus();
  for (const phone of phones)
    if (chosen.has(phone.number) && !views.has(phone.number)) {
      const view = makePhoneView(phone);
      views.set(phone.number, view);
      desk.append(view.root);
    }
  for (const [number, view] of views)
    if (!chosen.has(number)) {
      view.root.remove();
      views.delete(number);
    }
  document.getElementById("empty").hidden = phones.length > 0;
}

const refresh = async () => {
  const [known, qrs] = await Promise.all([listPhones(), listQrs()]);
  phones = known;
  chosen ??= new Set(phones.slice(0, openAtFirst).map(({ number }) => number));
  arrange();
  const update = async ([number, view]) => {
    const chats = await listChats(number);
    const devices = phones.find((phone) => phone.number === number)?.devices ?? [];
    view.update({ chats, phones, qrs, devices });
  };
  await Promise.all([...views].map(update));
};

const say = (state, text) => {
  if (health.textContent === text) return;
  health.textContent = text;
  health.dataset.state = state;
};

const keepFresh = async () => {
  try {
    if (!document.hidden) await refresh();
    say("up", "connected");
  } catch {
    say("down", "the simulator does not answer");
  }
  setTimeout(keepFresh, pauseMs);
};

const newPhone = async (form) => {
  const given = [...new FormData(form)].filter(([, value]) => value !== "");
  const made = await attempt(() => createPhone(Object.fromEntries(given)));
  if (!made) return;
  form.reset();
  chosen?.add(made.number);
};

document.getElementById("new-phone").addEventListener("submit", (event) => {
  event.preventDefault();
  void newPhone(event.target);
});

void keepFresh();
void attempt(async () => {
  document.getElementById("address").textContent = (await findAddress()).url;
});
