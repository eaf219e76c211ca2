// What becomes of a message after it was sent: once, to whom, answered, changed, delivered and read.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outcome } from "./calls.ts";
import { chatNames, sha256, startKinds } from "./start-kinds.ts";
import type { ChatName, Kinds } from "./start-kinds.ts";
import { request } from "./start-scene.ts";

let kinds: Kinds;

/** Until the read model has followed, on a slow machine as well. */
const soon = { timeout: 20_000 };

beforeAll(async () => (kinds = await startKinds()));
afterAll(() => kinds.stop());

test("requests with one Idempotency-Key make one message, however often and at once they come", async () => {
  const { scene, tenant, path } = kinds;
  const contact = await scene.simulator.createPhone();
  const send = (body: string) =>
    request(scene, `${path}/messages`, {
      method: "POST",
      token: tenant.key,
      headers: { "idempotency-key": "order-4711" },
      body: JSON.stringify({ to: contact.number, type: "text", text: { body } }),
    });

  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send("once only")));
  const accepted = answers.filter(({ status }) => status === 202);
  expect(accepted.length).toBeGreaterThan(0);
  expect(new Set(accepted.map(({ body }) => body["id"])).size).toBe(1);
  // Those that came while the first was under way are told so, and may ask again.
  for (const { status, body } of answers) {
    if (status !== 202)
      expect([status, body["code"]]).toEqual([409, "idempotency_key_in_progress"]);
  }
  expect((await send("once only")).body).toEqual(accepted[0]?.body);

  const other = await send("another body");
  expect([other.status, other.body["code"]]).toEqual([409, "idempotency_key_reused"]);

  await contact.waitForMessage({ text: "once only" });
  const after = await scene.api.send(tenant.key, tenant.sessionId, contact.number, "the next one");
  await contact.waitForMessage({ id: after.whatsappId });
  expect(contact.received().map(({ text }) => text)).toEqual(["once only", "the next one"]);
  scene.simulator.history.assertReceivedOnce();
});

test("a person is reached under each form of address", async () => {
  const { number, lid } = kinds.contact;
  const forms = [number, `+${number}`, `${number}@s.whatsapp.net`, `${number}@c.us`, `${lid}@lid`];
  for (const to of forms) {
    const { shown } = await kinds.send({ to, type: "text", text: { body: `to ${to}` } });
    expect(shown.text).toBe(`to ${to}`);
  }
});

test.for(chatNames)("in a %s, a text quotes, mentions and is answered by emoji", async (name) => {
  const chat = kinds.chat(name);
  const { id: theirs } = await kinds.contact.say(chat.forContact, `a question in ${name}`);
  const { data } = await kinds.received(theirs);
  const answer = await kinds.send({
    to: chat.forSession,
    type: "text",
    text: { body: `@${kinds.contact.number} yes` },
    replyTo: data.messageId,
    mentions: [`+${kinds.contact.number}`],
  });
  expect(answer.shown.content).toMatchObject({
    mentions: [`${kinds.contact.number}@s.whatsapp.net`],
    quoted: { id: theirs, text: `a question in ${name}` },
  });
  const reacted = await kinds.call.post(`${kinds.path}/messages/${data.messageId}/reaction`, {
    emoji: "👍",
  });
  const id = String(reacted.body["whatsappId"]);
  const shown = await kinds.contact.waitForMessage({ id });
  expect(shown.content).toMatchObject({ type: "reaction", to: theirs, emoji: "👍" });
  await kinds.inbox.find("message.reaction", (event) => event.data.messageId === data.messageId);
  await expect
    .poll(async () => (await kinds.message(data.messageId))["reactions"], soon)
    .toMatchObject([{ emoji: "👍" }]);
});

test("what a member wrote in a group is answered in private", async () => {
  const { id: theirs } = await kinds.contact.say(kinds.group, "who can tell me?");
  const { data } = await kinds.received(theirs);
  const to = kinds.chat("person").forSession;
  const text = { type: "text", text: { body: "between us" } };
  const { shown } = await kinds.send({ to, ...text, replyTo: data.messageId });
  expect(shown.content).toMatchObject({ quoted: { id: theirs, chat: kinds.group } });
});

test.for(chatNames)("in a %s, a text is edited, forwarded and deleted", async (name: ChatName) => {
  const { forSession: to } = kinds.chat(name);
  const { id, whatsappId } = await kinds.send({ to, type: "text", text: { body: "onw" } });
  const place = `${kinds.path}/messages/${id}`;
  await expect.poll(async () => (await kinds.message(id))["sentAt"], soon).not.toBeNull();

  const edit = await kinds.call.patch(place, { text: { body: "one" } });
  const edited = await kinds.contact.waitForMessage({ id: String(edit.body["whatsappId"]) });
  expect(edited.content).toMatchObject({ type: "edit", of: whatsappId, text: "one" });
  await expect
    .poll(async () => (await kinds.message(id))["content"], soon)
    .toMatchObject({ text: { body: "one" } });

  const forward = await kinds.call.post(`${place}/forward`, { to });
  const again = await kinds.contact.waitForMessage({ id: String(forward.body["whatsappId"]) });
  expect(again.content).toMatchObject({ type: "text", text: "one", forwarded: true });

  const removal = await kinds.call.remove(place);
  const removed = await kinds.contact.waitForMessage({ id: String(removal.body["whatsappId"]) });
  expect(removed.content).toMatchObject({ type: "delete", of: whatsappId });
  await expect.poll(async () => (await kinds.message(id))["deletedAt"], soon).not.toBeNull();
});

test.for(chatNames)("in a %s, a caption is edited, and the file under it stays", async (name) => {
  const bytes = randomBytes(5_000);
  const mediaId = await kinds.upload(bytes, "image/jpeg");
  const to = kinds.chat(name).forSession;
  const sent = await kinds.send({ to, type: "image", image: { mediaId, caption: "a veiw" } });
  const { id, whatsappId } = sent;
  const place = `${kinds.path}/messages/${id}`;
  await expect.poll(async () => (await kinds.message(id))["sentAt"], soon).not.toBeNull();
  expect(outcome(await kinds.call.patch(place, { text: { body: "no text" } }))).toEqual([
    409,
    "message_unchangeable",
  ]);
  const edit = await kinds.call.patch(place, { caption: "a view" });
  const edited = await kinds.contact.waitForMessage({ id: String(edit.body["whatsappId"]) });
  expect(edited.content).toMatchObject({ type: "edit", of: whatsappId, text: "a view" });
  await expect
    .poll(async () => (await kinds.message(id))["content"], soon)
    .toMatchObject({ image: { caption: "a view" } });
  expect(sha256(await kinds.contact.download(whatsappId))).toBe(sha256(bytes));
});

test.for(chatNames)("in a %s, others quote, react, edit and delete", async (name) => {
  const { contact } = kinds;
  const chat = kinds.chat(name);
  const ours = await kinds.send({ to: chat.forSession, type: "text", text: { body: "ours" } });
  const { id: reply } = await contact.say(chat.forContact, "an answer", { quote: ours.whatsappId });
  const { data } = await kinds.received(reply);
  const replyTo = { messageId: ours.id, sender: "", type: "text", text: "ours" };
  expect(data.content).toMatchObject({ type: "text", replyTo });

  await contact.react(ours.whatsappId, "🎉");
  const reacted = await kinds.inbox.find(
    "message.reaction",
    (event) => event.data.messageId === ours.id,
  );
  expect(reacted.data).toMatchObject({ emoji: "🎉", from: { phone: `+${contact.number}` } });

  await contact.edit(reply, "a better answer");
  const edited = await kinds.inbox.find(
    "message.edited",
    (event) => event.data.messageId === data.messageId,
  );
  expect(edited.data).toMatchObject({ body: "a better answer", fromMe: false });
  await expect
    .poll(async () => (await kinds.message(data.messageId))["content"])
    .toMatchObject({ text: { body: "a better answer" } });

  await contact.deleteForEveryone(reply);
  await kinds.inbox.find("message.deleted", (event) => event.data.messageId === data.messageId);
  await expect.poll(async () => (await kinds.message(data.messageId))["deletedAt"]).not.toBeNull();
  expect((await kinds.message(ours.id))["reactions"]).toMatchObject([{ emoji: "🎉" }]);
});

test("a message to a group is delivered when all have it, and read when all have read it", async () => {
  const { simulator } = kinds.scene;
  const third = await simulator.createPhone({ name: "Third" });
  const members = [kinds.owner.number, kinds.contact.number, third.number];
  const { jid: to } = simulator.createGroup({ subject: "Three", members });
  third.goOffline();
  const { id, whatsappId } = await kinds.send({ to, type: "text", text: { body: "all of you" } });
  const state = async () => {
    const { status, recipients } = await kinds.message(id);
    return { status, recipients };
  };
  const none = { total: 2, delivered: 0, read: 0, played: 0 };
  await expect.poll(state, soon).toEqual({ status: "sent", recipients: { ...none, delivered: 1 } });
  await kinds.contact.read(whatsappId);
  await expect
    .poll(state, soon)
    .toEqual({ status: "sent", recipients: { ...none, delivered: 1, read: 1 } });
  await third.goOnline();
  await expect
    .poll(state, soon)
    .toEqual({ status: "delivered", recipients: { ...none, delivered: 2, read: 1 } });
  await third.read(whatsappId);
  await expect
    .poll(state, soon)
    .toEqual({ status: "read", recipients: { ...none, delivered: 2, read: 2 } });
  const each = await kinds.call.get(`${kinds.path}/messages/${id}/recipients`);
  expect(each.body["counts"]).toEqual({ delivered: 2, read: 2, played: 0 });
});

test.for(chatNames)("to a %s, a voice note that was listened to is played", async (name) => {
  const mediaId = await kinds.upload(randomBytes(2_000), "audio/ogg");
  const audio = { mediaId, voice: true };
  const { id, whatsappId } = await kinds.send({
    to: kinds.chat(name).forSession,
    type: "audio",
    audio,
  });
  await kinds.contact.play(whatsappId);
  await expect
    .poll(() => kinds.message(id), soon)
    .toMatchObject({ status: "played", playedAt: expect.any(String) as string });
});

test("WhatsApp is asked for a group's members once, and again when they have changed", async () => {
  const { simulator } = kinds.scene;
  const members = [kinds.owner.number, kinds.contact.number];
  const { jid: to } = simulator.createGroup({ subject: "Two", members });
  const asked = () =>
    simulator.history
      .stanzas({ direction: "in", tag: "iq" })
      .filter(({ node: { attrs } }) => attrs["xmlns"] === "w:g2" && attrs["to"] === to).length;
  const say = (body: string) => kinds.send({ to, type: "text", text: { body } });
  await say("one");
  await say("two");
  expect(asked()).toBe(1);
  const third = await simulator.createPhone({ name: "Third" });
  await kinds.owner.addToGroup(to, [third.number]);
  await kinds.inbox.find("group.update", ({ data }) => data.group === to);
  const { whatsappId } = await say("three");
  await third.waitForMessage({ id: whatsappId });
  expect(asked()).toBe(2);
});
