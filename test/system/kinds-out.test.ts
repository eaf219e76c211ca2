import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chatNames, sha256, startKinds } from "./start-kinds.ts";
import type { ChatName, Kinds } from "./start-kinds.ts";

let kinds: Kinds;

beforeAll(async () => (kinds = await startKinds()));
afterAll(() => kinds.stop());

const vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Joan\nTEL:+14155550123\nEND:VCARD";

const plain: [string, object, object][] = [
  ["text", { text: { body: "see https://example.org" } }, { text: "see https://example.org" }],
  [
    "location",
    { location: { latitude: 46.5, longitude: 7.25, name: "Here" } },
    { latitude: 46.5, longitude: 7.25, name: "Here" },
  ],
  [
    "contact",
    { contact: { contacts: [{ vcard }] } },
    { type: "contacts", contacts: [{ name: "Joan", vcard }] },
  ],
  [
    "poll",
    { poll: { question: "Tea?", options: ["yes", "no"] } },
    { question: "Tea?", options: ["yes", "no"], selectable: 1 },
  ],
];

test.for(chatNames.flatMap((name) => plain.map((kind) => [name, ...kind] as const)))(
  "to a %s, a %s is shown as it was sent",
  async ([name, type, content, shown]) => {
    const sent = await kinds.send({ to: kinds.chat(name).forSession, type, ...content });
    expect(sent.shown.content).toMatchObject({ type, ...shown });
    expect(sent.shown.to).toBe(name === "group" ? kinds.group : kinds.contact.number);
    await kinds.status(sent.id, "sent");
  },
);

const files: [string, string, object, object][] = [
  ["image", "image/jpeg", { caption: "a view" }, { type: "image", caption: "a view" }],
  ["video", "video/mp4", { caption: "a film", seconds: 3 }, { type: "video", seconds: 3 }],
  ["audio", "audio/mpeg", {}, { type: "audio" }],
  ["audio", "audio/ogg", { voice: true }, { type: "voice" }],
  ["document", "application/pdf", { fileName: "plan.pdf" }, { fileName: "plan.pdf" }],
  ["sticker", "image/webp", {}, { type: "sticker" }],
];

test.for(chatNames.flatMap((name) => files.map((file) => [name, ...file] as const)))(
  "to a %s, a file sent as %s (%s) can be opened, byte by byte",
  async ([name, type, mimetype, options, shown]) => {
    const bytes = randomBytes(70_000);
    const mediaId = await kinds.upload(bytes, mimetype);
    const to = kinds.chat(name).forSession;
    const sent = await kinds.send({ to, type, [type]: { mediaId, ...options } });
    expect(sent.shown.content).toMatchObject({ size: bytes.length, ...shown });
    expect(sha256(await kinds.contact.download(sent.whatsappId))).toBe(sha256(bytes));
  },
);

test("a small file comes along in base64, a large one by its URL", async () => {
  const bytes = randomBytes(40_000);
  const base64 = bytes.toString("base64");
  const to = kinds.chat("person").forSession;
  const inline = { base64, mimetype: "image/png", viewOnce: true };
  const first = await kinds.send({ to, type: "image", image: inline });
  expect(sha256(await kinds.contact.download(first.whatsappId))).toBe(sha256(bytes));
  expect(first.shown.content).toMatchObject({ viewOnce: true });

  const mediaId = await kinds.upload(bytes, "image/png");
  const { downloadUrl: url } = (await kinds.call.get(`/v1/media/${mediaId}`)).body;
  const second = await kinds.send({ to, type: "document", document: { url, fileName: "a.png" } });
  expect(sha256(await kinds.contact.download(second.whatsappId))).toBe(sha256(bytes));
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
    .poll(async () => (await kinds.message(data.messageId))["reactions"])
    .toMatchObject([{ emoji: "👍" }]);
});

test.for(chatNames)("in a %s, a text is edited, forwarded and deleted", async (name: ChatName) => {
  const { forSession: to } = kinds.chat(name);
  const { id, whatsappId } = await kinds.send({ to, type: "text", text: { body: "onw" } });
  const place = `${kinds.path}/messages/${id}`;
  await expect.poll(async () => (await kinds.message(id))["sentAt"]).not.toBeNull();

  const edit = await kinds.call.patch(place, { text: { body: "one" } });
  const edited = await kinds.contact.waitForMessage({ id: String(edit.body["whatsappId"]) });
  expect(edited.content).toMatchObject({ type: "edit", of: whatsappId, text: "one" });
  await expect
    .poll(async () => (await kinds.message(id))["content"])
    .toMatchObject({ text: { body: "one" } });

  const forward = await kinds.call.post(`${place}/forward`, { to });
  const again = await kinds.contact.waitForMessage({ id: String(forward.body["whatsappId"]) });
  expect(again.content).toMatchObject({ type: "text", text: "one", forwarded: true });

  const removal = await kinds.call.remove(place);
  const removed = await kinds.contact.waitForMessage({ id: String(removal.body["whatsappId"]) });
  expect(removed.content).toMatchObject({ type: "delete", of: whatsappId });
  await expect.poll(async () => (await kinds.message(id))["deletedAt"]).not.toBeNull();
});
