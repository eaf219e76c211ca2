import { randomBytes } from "node:crypto";
import { decryptPollVote, downloadMediaMessage, type WAMessage } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import { hashOption } from "#simulator/content/poll-votes.ts";
import { jidOf, startTwoSides } from "./two-sides.ts";

const withId =
  (id: string) =>
  ({ key }: WAMessage): boolean =>
    key.id === id;

test("a phone's texts with links, mentions and quotes arrive whole in both kinds of chat", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, chats } = sides;
  for (const { forContact, name } of chats) {
    const first = await contact.say(forContact, `first in ${name}`);
    const text = `https://example.org @${own.number}`;
    const options = { mentions: [own.number], quote: first.id };
    const { id } = await contact.say(forContact, text, options);
    const { message } = await device.waitForMessage(withId(id));
    expect(message?.extendedTextMessage).toMatchObject({
      text,
      contextInfo: {
        mentionedJid: [name === "group" ? `${own.lid}@lid` : jidOf(own)],
        stanzaId: first.id,
        quotedMessage: { conversation: `first in ${name}` },
      },
    });
  }
});

test("every kind of file that a phone sends can be downloaded by the device", async () => {
  await using sides = await startTwoSides();
  const { device, contact, chats } = sides;
  const file = randomBytes(50_000);
  for (const { forContact } of chats)
    for (const kind of ["image", "video", "audio", "voice", "document", "sticker"] as const) {
      const { id } = await contact.sendMedia(forContact, kind, file, { seconds: 2 });
      const message = await device.waitForMessage(withId(id));
      expect((await downloadMediaMessage(message, "buffer", {})).equals(file)).toBe(true);
      const name = kind === "voice" ? "audio" : kind;
      expect(Object.keys(message.message ?? {})).toContain(`${name}Message`);
      expect(message.message?.audioMessage?.ptt ?? false).toBe(kind === "voice");
    }
});

test("locations, contacts, reactions, edits, deletions and forwards of a phone arrive as such", async () => {
  await using sides = await startTwoSides();
  const { device, contact, chats } = sides;
  for (const { forContact, forDevice } of chats) {
    const place = await contact.location(forContact, {
      latitude: 1.5,
      longitude: 2.5,
      name: "Lab",
    });
    const { message: found } = await device.waitForMessage(withId(place.id));
    expect(found?.locationMessage).toMatchObject({ degreesLatitude: 1.5, name: "Lab" });
    const card = await contact.contact(forContact, "Joan", "15550001111");
    const { message: carried } = await device.waitForMessage(withId(card.id));
    expect(carried?.contactMessage?.vcard).toContain("waid=15550001111");

    const sent = await device.socket.sendMessage(forDevice, { text: "like it?" });
    await contact.waitForMessage({ id: sent?.key.id ?? "" });
    await contact.react(sent?.key.id ?? "", "+1");
    const [reaction] = await device.waitFor(
      "messages.reaction",
      ([first]) => first?.key.id === sent?.key.id,
    );
    expect(reaction).toMatchObject({ key: { fromMe: true }, reaction: { text: "+1" } });

    const { id } = await contact.say(forContact, "typo");
    const { id: copy } = await contact.forward(id, forContact);
    const forwarded = await device.waitForMessage(withId(copy));
    expect(forwarded.message?.extendedTextMessage).toMatchObject({
      text: "typo",
      contextInfo: { isForwarded: true, forwardingScore: 1 },
    });
    await contact.edit(id, "no typo");
    await device.waitFor("messages.update", (updates) =>
      updates.some(
        ({ key, update }) =>
          key.id === id && update.message?.editedMessage?.message?.conversation === "no typo",
      ),
    );
    await contact.deleteForEveryone(id);
    await device.waitFor("messages.update", (updates) =>
      updates.some(({ key, update }) => key.id === id && update.message === null),
    );
  }
});

test("a phone's encrypted vote in a device's poll can be decrypted by the device, in both kinds of chat", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, chats } = sides;
  for (const { forDevice, name } of chats) {
    const poll = { name: "Tea?", values: ["yes", "no"], selectableCount: 1 };
    const asked = await device.socket.sendMessage(forDevice, { poll });
    const pollMsgId = asked?.key.id ?? "";
    await contact.waitForMessage({ id: pollMsgId });
    const { id } = await contact.vote(pollMsgId, ["no"]);
    const { message } = await device.waitForMessage(withId(id));
    const group = name === "group";
    const chosen = decryptPollVote(message?.pollUpdateMessage?.vote ?? {}, {
      pollMsgId,
      pollEncKey: asked?.message?.messageContextInfo?.messageSecret ?? new Uint8Array(),
      pollCreatorJid: group ? `${own.lid}@lid` : jidOf(own),
      voterJid: group ? `${contact.lid}@lid` : jidOf(contact),
    });
    expect(chosen.selectedOptions.map((hash) => Buffer.from(hash))).toEqual([hashOption("no")]);
  }
  await expect(contact.vote("no such poll", ["no"])).rejects.toThrow("neither sent nor received");
});

test("of a view-once picture companions learn only that it came", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  const { id } = await contact.viewOnce(own.number, "image", randomBytes(10));
  const message = await device.waitForMessage(withId(id));
  expect(message.key.isViewOnce).toBe(true);
  expect(message.message).toBeFalsy();
  expect((await own.waitForMessage({ id })).content).toMatchObject({
    type: "image",
    viewOnce: true,
  });
});

test("a phone's status reaches the devices of those it is meant for", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  for (const text of ["good morning", "good night"]) {
    const { id } = await contact.status(text, [own.number]);
    const { key, message } = await device.waitForMessage(withId(id));
    expect(key).toMatchObject({ remoteJid: "status@broadcast", participant: jidOf(contact) });
    expect(message?.extendedTextMessage?.text).toBe(text);
  }
});

test("what the own phone sends comes to its companion as sent by itself, to that chat", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, chats } = sides;
  for (const { forDevice, name } of chats) {
    const to = name === "group" ? forDevice : contact.number;
    const { id } = await own.say(to, `from my phone, ${name}`);
    const { key } = await device.waitForMessage(withId(id));
    expect(key).toMatchObject({ fromMe: true, remoteJid: forDevice });
  }
});
