import { afterAll, beforeAll, expect, test } from "vitest";
import type { EventInbox } from "#local/demo/event-inbox.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import { callsOf, outcome, pathOf } from "./calls.ts";
import type { Calls } from "./calls.ts";
import { linkPhone, startScene } from "./start-scene.ts";
import type { Scene, Tenant } from "./start-scene.ts";

let scene: Scene;
let tenant: Tenant;
let owner: Phone;
let contact: Phone;
let inbox: EventInbox;
let call: Calls;
let path: string;

beforeAll(async () => {
  scene = await startScene();
  tenant = await scene.createTenant();
  contact = await scene.simulator.createPhone({ name: "Grace" });
  owner = await linkPhone(scene, tenant);
  inbox = await tenant.inbox();
  call = callsOf(scene, tenant.key);
  path = pathOf(tenant);
});
afterAll(async () => {
  inbox[Symbol.dispose]();
  await scene.stop();
});

const unknownNumber = "14155550000";

test("numbers are checked in one question, and not asked about again for a day", async () => {
  const contacts = [`+${contact.number}`, unknownNumber];
  const first = await call.post(`${path}/contacts/check`, { contacts });
  expect(first.body).toMatchObject({
    data: [
      { asked: `${contact.number}@s.whatsapp.net`, onWhatsapp: true },
      { asked: `${unknownNumber}@s.whatsapp.net`, onWhatsapp: false, contact: null },
    ],
  });
  const asked = () => scene.simulator.history.stanzas({ tag: "iq", direction: "in" }).length;
  const before = asked();
  const again = await call.post(`${path}/contacts/check`, { contacts });
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect(asked()).toBe(before);
});

test("a message that came in is marked read, and its sender is told", async () => {
  const { id } = await contact.say(owner.number, "please read me");
  const { data } = await inbox.find(
    "message.received",
    (event) => event.data.content.type === "text" && event.data.whatsappId === id,
  );
  expect((await call.post(`${path}/messages/${data.messageId}/read`)).status).toBe(204);
  await expect
    .poll(() => contact.receipts().filter((one) => one.id === id && one.type === "read"))
    .not.toHaveLength(0);
  const chats = (await call.get(`${path}/chats`)).body["data"];
  expect(chats).toContainEqual(
    expect.objectContaining({
      contact: expect.objectContaining({ phone: `+${contact.number}` }) as object,
      pushName: "Grace",
    }),
  );
});

test("typing is shown to the contact, and the contact's presence to whoever subscribes", async () => {
  const to = `+${contact.number}`;
  expect((await call.post(`${path}/presence`, { state: "available" })).status).toBe(204);
  expect((await call.post(`${path}/typing`, { to, state: "composing" })).status).toBe(204);
  const shown = scene.simulator.history.stanzas({ tag: "chatstate", direction: "in" });
  expect(JSON.stringify(shown.at(-1)?.node)).toContain("composing");
  expect((await call.post(`${path}/presence/subscriptions`, { to })).status).toBe(204);
  contact.setPresence("available");
  contact.typing(owner.number, "recording");
  const { data } = await inbox.find("presence.update", (event) => event.data.state === "recording");
  expect(data.contact.phone).toBe(to);
});

test("a contact is blocked and unblocked, and the list says so", async () => {
  const block = `${path}/contacts/${contact.number}/block`;
  expect((await call.put(block)).status).toBe(204);
  const blocked = (await call.get(`${path}/blocked`)).body["data"];
  expect(blocked).toMatchObject([{ phone: `+${contact.number}` }]);
  await inbox.find("contact.update", (event) => event.data.blocked === true);
  expect((await call.remove(block)).status).toBe(204);
  expect((await call.get(`${path}/blocked`)).body["data"]).toEqual([]);
});

test("a contact's picture is found where there is one", async () => {
  const picture = `${path}/contacts/${contact.number}/picture`;
  expect((await call.get(picture)).body).toEqual({ url: null });
  contact.setPicture(Buffer.from("a face"));
  const { url } = (await call.get(`${picture}?size=full`)).body;
  expect(String(url)).toContain("https://");
});

test("a chat is archived, muted and marked unread on the phone as well, and the list shows it", async () => {
  const mutedUntil = "2030-01-01T00:00:00.000Z";
  const chat = `${path}/chats/${contact.number}`;
  const answer = await call.patch(chat, { archived: true, mutedUntil, read: false });
  expect(answer.status).toBe(204);
  const kinds = owner.appState().map(({ index }) => index[0]);
  expect(kinds).toEqual(expect.arrayContaining(["archive", "mute", "markChatAsRead"]));
  await inbox.find("contact.update", (event) => event.data.archived === true);
  const listed = async () => ((await call.get(`${path}/chats`)).body["data"] as object[])[0];
  await expect
    .poll(listed)
    .toMatchObject({ archived: true, mutedUntil, unread: true, subject: null });

  // As phones say "always".
  owner.mute(contact.number, -1);
  await expect.poll(listed).toMatchObject({ mutedUntil: "9999-12-31T00:00:00.000Z" });
});

test("a group is made, read, renamed, joined by its link and left", async () => {
  const other = await scene.simulator.createPhone({ name: "Alan" });
  const late = await scene.simulator.createPhone({ name: "Late" });
  const members = [`+${contact.number}`];
  const made = await call.post(`${path}/groups`, { subject: "Compilers", members });
  expect([made.status, made.body["subject"]]).toEqual([200, "Compilers"]);
  const group = `${path}/groups/${String(made.body["id"])}`;

  const added = await call.post(`${group}/members`, { change: "add", members: [other.number] });
  expect(added.body["data"]).toMatchObject([{ done: true, code: null }]);
  const promoted = await call.post(`${group}/members`, {
    change: "promote",
    members: [other.number],
  });
  expect(promoted.body["data"]).toMatchObject([{ done: true }]);
  expect((await call.patch(group, { subject: "Linkers" })).status).toBe(204);
  const { body } = await call.get(group);
  expect(body).toMatchObject({ subject: "Linkers" });
  expect(body["members"]).toContainEqual(
    expect.objectContaining({
      contact: expect.objectContaining({ phone: `+${other.number}` }) as object,
      role: "admin",
    }),
  );
  const removed = await call.post(`${group}/members`, {
    change: "remove",
    members: [contact.number],
  });
  expect(removed.body["data"]).toMatchObject([{ done: true }]);

  const { code } = (await call.get(`${group}/invite`)).body;
  const renewed = (await call.post(`${group}/invite/renew`)).body;
  expect(renewed["code"]).not.toBe(code);
  await late.join(String(renewed["code"]));
  const listed = (await call.get(`${path}/groups`)).body["data"] as { members: object[] }[];
  expect(listed[0]?.members).toHaveLength(3);

  expect((await call.post(`${group}/leave`)).status).toBe(204);
  expect(outcome(await call.get(group))).toEqual([422, "refused_by_whatsapp"]);
});

test("who asks a session that is not connected is told so at once", async () => {
  const other = (await tenant.api.createSession(tenant.key, "idle")).id;
  const answer = await call.get(`/v1/sessions/${other}/groups`);
  expect(outcome(answer)).toEqual([409, "session_not_connected"]);
});
