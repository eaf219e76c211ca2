import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outcome } from "./calls.ts";
import { chatNames, sha256, startKinds } from "./start-kinds.ts";
import type { Kinds } from "./start-kinds.ts";

let kinds: Kinds;

beforeAll(async () => (kinds = await startKinds()));
afterAll(() => kinds.stop());

/** How many events the log holds of each message. */
async function eventCounts(): Promise<Record<string, number>> {
  const { body } = await kinds.call.get(`${kinds.path}/events?limit=500`);
  const events = body["data"] as { data: { whatsappId?: string } }[];
  return Object.fromEntries(
    Object.entries(Object.groupBy(events, ({ data }) => data.whatsappId ?? "")).map(
      ([id, found = []]) => [id, found.length],
    ),
  );
}

test.for(chatNames)("from a %s, each plain kind is one event and one message", async (name) => {
  const { contact } = kinds;
  const to = kinds.chat(name).forContact;
  const sent: [{ id: string }, object][] = [
    [await contact.say(to, `hello ${name}`), { type: "text", text: { body: `hello ${name}` } }],
    [
      await contact.location(to, { latitude: 46.5, longitude: 7.25, name: "Here" }),
      { type: "location", location: { latitude: 46.5, longitude: 7.25, name: "Here" } },
    ],
    [
      await contact.contact(to, "Joan", "14155550123"),
      { type: "contact", contact: { contacts: [{ name: "Joan" }] } },
    ],
    [
      await contact.poll(to, "Tea?", ["yes", "no"], 2),
      { type: "poll", poll: { question: "Tea?", options: ["yes", "no"], maxAnswers: 2 } },
    ],
  ];
  for (const [{ id }, content] of sent) {
    const { data } = await kinds.received(id);
    expect(data).toMatchObject({ content, fromMe: false, from: { phone: `+${contact.number}` } });
    expect(data.from.lid).toBe(`${contact.lid}@lid`);
    expect(await kinds.message(data.messageId)).toMatchObject({ direction: "inbound", content });
  }
  const counts = await eventCounts();
  expect(sent.map(([{ id }]) => counts[id])).toEqual([1, 1, 1, 1]);
});

const files = [
  ["image", "image/jpeg", { caption: "a view" }],
  ["video", "video/mp4", { seconds: 3 }],
  ["audio", "audio/mp4", {}],
  ["voice", "audio/ogg; codecs=opus", { seconds: 2 }],
  ["document", "application/pdf", { fileName: "plan.pdf" }],
  ["sticker", "image/webp", {}],
] as const;

test.for(chatNames.flatMap((name) => files.map((file) => [name, ...file] as const)))(
  "from a %s, a file that came as %s can be downloaded, byte by byte",
  async ([name, kind, mimetype, options]) => {
    const bytes = randomBytes(70_000);
    const to = kinds.chat(name).forContact;
    const { id } = await kinds.contact.sendMedia(to, kind, bytes, { mimetype, ...options });
    const { data } = await kinds.received(id);
    const type = kind === "voice" ? "audio" : kind;
    const facts = { mimetype, size: bytes.length, ...options, mediaStatus: "pending" };
    expect(data.content).toMatchObject({ type, [type]: facts });
    const { messageId } = data;
    const news = await kinds.inbox.find(
      "message.media",
      (event) => event.data.messageId === messageId,
    );
    expect(news.data).toMatchObject({ type, status: "ready", reason: null, size: bytes.length });
    expect(sha256(await kinds.download(news.data.mediaId))).toBe(sha256(bytes));
    await expect
      .poll(async () => (await kinds.message(messageId))["content"])
      .toMatchObject({ [type]: { mediaStatus: "ready", sha256: sha256(bytes) } });
  },
);

test.for(chatNames)(
  "in a %s, votes are read: in own polls and in those of others",
  async (name) => {
    const { contact, owner } = kinds;
    const chat = kinds.chat(name);
    const poll = { question: "Lunch?", options: ["soup", "bread", "both"], maxAnswers: 2 };
    const ours = await kinds.send({ to: chat.forSession, type: "poll", poll });
    await contact.vote(ours.whatsappId, ["soup", "both"]);
    const { data } = await kinds.inbox.find(
      "poll.vote",
      (event) => event.data.whatsappId === ours.whatsappId,
    );
    expect(data).toMatchObject({ messageId: ours.id, options: ["soup", "both"] });
    await expect
      .poll(async () => (await kinds.message(ours.id))["votes"])
      .toMatchObject([{ from: { phone: `+${contact.number}` }, options: ["soup", "both"] }]);

    const { id } = await contact.poll(chat.forContact, "Tea?", ["yes", "no"]);
    const { data: asked } = await kinds.received(id);
    await owner.waitForMessage({ id });
    await owner.vote(id, ["no"]);
    const own = await kinds.inbox.find("poll.vote", (event) => event.data.whatsappId === id);
    expect(own.data).toMatchObject({ messageId: asked.messageId, options: ["no"], fromMe: true });
  },
);

test("what the account's own phone sends is shown as sent, in the chat that it went to", async () => {
  const { contact, owner } = kinds;
  for (const name of chatNames) {
    const to = name === "person" ? contact.number : kinds.group;
    const { id } = await owner.say(to, `from the phone to a ${name}`);
    const { data } = await kinds.received(id);
    expect(data).toMatchObject({ fromMe: true, content: { type: "text" } });
    const message = await kinds.message(data.messageId);
    expect(message).toMatchObject({ direction: "outbound", status: "sent" });
    expect(message["chat"]).toMatch(name === "person" ? contact.number : kinds.group);
  }
});

test.for(chatNames)(
  "what the account's own phone sends into a %s, edits, deletes and reacts to is told as its own",
  async (name) => {
    const { contact, owner, inbox } = kinds;
    const to = name === "person" ? contact.number : kinds.group;
    const bytes = randomBytes(20_000);
    const sent = await owner.sendMedia(to, "image", bytes, { mimetype: "image/jpeg" });
    const { data: picture } = await kinds.received(sent.id);
    expect(picture).toMatchObject({ fromMe: true, content: { type: "image" } });
    const about = (messageId: string) => (event: { data: { messageId?: string | null } }) =>
      event.data.messageId === messageId;
    const news = await inbox.find("message.media", about(picture.messageId));
    expect(sha256(await kinds.download(news.data.mediaId))).toBe(sha256(bytes));

    const said = await owner.say(to, "form the phone");
    const { data: text } = await kinds.received(said.id);
    await owner.edit(said.id, "from the phone");
    const edited = await inbox.find("message.edited", about(text.messageId));
    expect(edited.data).toMatchObject({ body: "from the phone", fromMe: true });
    await owner.deleteForEveryone(said.id);
    const deleted = await inbox.find("message.deleted", about(text.messageId));
    expect(deleted.data.fromMe).toBe(true);

    const theirs = await contact.say(kinds.chat(name).forContact, "hello");
    const { data: asked } = await kinds.received(theirs.id);
    await owner.waitForMessage({ id: theirs.id });
    await owner.react(theirs.id, "👋");
    const reacted = await inbox.find("message.reaction", about(asked.messageId));
    expect(reacted.data).toMatchObject({ emoji: "👋", fromMe: true });
  },
);

test.for(chatNames)(
  "from a %s, what is damaged, gone, live or of no kind here is told as that, and the chat goes on",
  async (name) => {
    const { contact, inbox } = kinds;
    const to = kinds.chat(name).forContact;
    const whole = await contact.sendMedia(to, "image", randomBytes(5_000));
    const file = contact.sent().find(({ id }) => id === whole.id)?.message.imageMessage;
    const bad = [
      // The bytes that are there were not made with this key.
      ["media_damaged", { ...file, mediaKey: randomBytes(32) }],
      // Nobody has ever had such bytes.
      ["media_expired", { ...file, directPath: "/v/none.enc", fileEncSha256: randomBytes(32) }],
    ] as const;
    for (const [reason, imageMessage] of bad) {
      const { id } = await contact.send(to, { imageMessage });
      const { messageId } = (await kinds.received(id)).data;
      const news = await inbox.find("message.media", ({ data }) => data.messageId === messageId);
      expect(news.data).toMatchObject({ status: "failed", reason, size: null });
      await expect
        .poll(async () => (await kinds.message(messageId))["content"])
        .toMatchObject({ image: { mediaStatus: "failed", mediaReason: reason } });
    }
    const place = { degreesLatitude: 46.5, degreesLongitude: 7.25 };
    const live = await contact.send(to, { liveLocationMessage: place });
    expect((await kinds.received(live.id)).data.content).toMatchObject({
      type: "location",
      location: { latitude: 46.5, longitude: 7.25, live: true },
    });
    const odd = await contact.send(to, { requestPhoneNumberMessage: {} });
    expect((await kinds.received(odd.id)).data.content).toEqual({
      type: "unsupported",
      unsupported: { whatsappType: "requestPhoneNumberMessage" },
    });
    const { id } = await contact.say(to, "after all that");
    expect((await kinds.received(id)).data.content).toMatchObject({ type: "text" });
  },
);

test("view-once pictures, statuses, calls and changes of groups are told, each once", async () => {
  const { contact, owner, inbox } = kinds;
  const once = await contact.viewOnce(owner.number, "image", randomBytes(100));
  expect((await kinds.received(once.id)).data.content).toMatchObject({
    type: "unavailable",
    unavailable: { reason: "view_once" },
  });

  const status = await contact.status("good morning", [owner.number]);
  const published = (await kinds.received(status.id)).data;
  expect(published).toMatchObject({
    chat: { id: "status@broadcast" },
    from: { phone: `+${contact.number}` },
    content: { type: "text", text: { body: "good morning" } },
  });
  const ofStatus = `${kinds.path}/messages/${published.messageId}`;
  expect((await kinds.call.post(`${ofStatus}/read`)).status).toBe(204);
  const reaction = await kinds.call.post(`${ofStatus}/reaction`, { emoji: "👍" });
  expect(outcome(reaction)).toEqual([409, "message_unchangeable"]);

  const { id: callId } = contact.call(owner.number, { video: true });
  const called = await inbox.find("call.received", (event) => event.data.callId === callId);
  expect(called.data).toMatchObject({ video: true, from: { phone: `+${contact.number}` } });

  await owner.promote(kinds.group, [contact.number]);
  await contact.renameGroup(kinds.group, "Both of us");
  const renamed = await inbox.find("group.update", ({ data }) => data.action === "subject_changed");
  expect(renamed.data).toMatchObject({
    group: kinds.group,
    value: "Both of us",
    by: { phone: `+${contact.number}` },
  });
  const third = await kinds.scene.simulator.createPhone({ name: "Third" });
  await contact.addToGroup(kinds.group, [third.number]);
  const added = await inbox.find(
    "group.update",
    ({ data }) => data.action === "participants_added",
  );
  expect(added.data.participants).toMatchObject([{ phone: `+${third.number}` }]);
});

test("nothing that somebody writes holds up what comes after it", async () => {
  const { contact, owner } = kinds;
  const place = (degreesLatitude: number, degreesLongitude: number) => ({
    locationMessage: { degreesLatitude, degreesLongitude },
  });
  const fileLength = "18446744073709551615" as unknown as number;
  const odd = [
    [{ conversation: "a\uFFFE\uFFFF" }, { type: "text", text: { body: "a\uFFFE\uFFFF" } }],
    [place(1e-300, 7.25), { type: "location", location: { latitude: 0, longitude: 7.25 } }],
    [place(Number.NaN, 1e300), { type: "unsupported" }],
    [{ videoMessage: { fileLength } }, { type: "video" }],
  ] as const;
  for (const [message, content] of odd) {
    const { id } = await contact.send(owner.number, message);
    expect((await kinds.received(id)).data.content).toMatchObject(content);
  }
  const file = Buffer.from("a file");
  const named = { mimetype: "text/plain\r\nx-evil: 1", fileName: "語".repeat(600) };
  const { id } = await contact.sendMedia(owner.number, "document", file, named);
  const { messageId } = (await kinds.received(id)).data;
  const news = await kinds.inbox.find("message.media", ({ data }) => data.messageId === messageId);
  const { body } = await kinds.call.get(`/v1/media/${news.data.mediaId}`);
  expect(body).toMatchObject({ mimetype: "application/octet-stream", size: file.length });
  expect(body["fileName"]).toMatch(/^語{100,}$/);
});

test("a file whose link has expired is asked for again, and comes", async () => {
  const { simulator } = kinds.scene;
  const bytes = randomBytes(5_000);
  // The first answers of the media host are that the file is gone.
  simulator.faults.refuseDownloads(410, 1);
  const { id } = await kinds.contact.sendMedia(kinds.owner.number, "image", bytes);
  const { data } = await kinds.received(id);
  const news = await kinds.inbox.find(
    "message.media",
    (event) => event.data.messageId === data.messageId,
  );
  expect(news.data.status).toBe("ready");
  expect(sha256(await kinds.download(news.data.mediaId))).toBe(sha256(bytes));
});
