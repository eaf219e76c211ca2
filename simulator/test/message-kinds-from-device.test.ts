import { randomBytes } from "node:crypto";
import { proto, type AnyMessageContent } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import type { MessageContent } from "#simulator/content/message-content.ts";
import { sealVote } from "#simulator/content/poll-votes.ts";
import { jidOf, startTwoSides } from "./two-sides.ts";

test("a device's texts with links, mentions and quotes are read in both kinds of chat", async () => {
  await using sides = await startTwoSides();
  const { device, contact, chats } = sides;
  for (const { forDevice, name } of chats) {
    const quoted = await device.socket.sendMessage(forDevice, { text: `first in ${name}` });
    const mentions = [jidOf(contact)];
    const text = `see https://example.org/${name} @${contact.number}`;
    const options = quoted ? { quoted } : {};
    await device.socket.sendMessage(forDevice, { text, mentions, linkPreview: null }, options);
    expect((await contact.waitForMessage({ text })).content).toMatchObject({
      type: "text",
      links: [`https://example.org/${name}`],
      mentions,
      quoted: { id: quoted?.key.id, text: `first in ${name}` },
      forwarded: false,
    });
  }
});

test("every kind of file that a device sends can be downloaded by the phones that get it", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, chats } = sides;
  const file = randomBytes(70_000);
  const thumbnail = { jpegThumbnail: "", width: 1, height: 1 };
  const kinds: Record<string, AnyMessageContent> = {
    image: { image: file, caption: "a view", ...thumbnail },
    video: { video: file, caption: "a film", jpegThumbnail: "" },
    audio: { audio: file, seconds: 2, mimetype: "audio/mp4" },
    voice: { audio: file, seconds: 2, ptt: true },
    document: { document: file, mimetype: "application/pdf", fileName: "plan.pdf" },
    sticker: { sticker: file },
  };
  for (const { forDevice } of chats)
    for (const [type, content] of Object.entries(kinds)) {
      const sent = await device.socket.sendMessage(forDevice, content);
      const id = sent?.key.id ?? "";
      for (const phone of [contact, own]) {
        const { content: read } = await phone.waitForMessage({ id });
        expect(read).toMatchObject({ type, size: file.length });
        expect((await phone.download(id)).equals(file)).toBe(true);
      }
    }
});

test("locations, contacts, polls and reactions of a device are what they were", async () => {
  await using sides = await startTwoSides();
  const { device, contact, chats } = sides;
  const { socket } = device;
  const vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Joan\nEND:VCARD";
  const contacts = [{ displayName: "Joan", vcard }];
  const options = ["yes", "no"];
  for (const { forDevice } of chats) {
    const arrives = async (sent: AnyMessageContent, content: Partial<MessageContent>) => {
      const message = await socket.sendMessage(forDevice, sent);
      const received = await contact.waitForMessage({ id: message?.key.id ?? "" });
      expect(received.content).toMatchObject(content);
      return message?.key ?? {};
    };
    await arrives(
      { location: { degreesLatitude: 46.5, degreesLongitude: 7.25, name: "Here" } },
      { type: "location", latitude: 46.5, longitude: 7.25, name: "Here" },
    );
    await arrives(
      { contacts: { contacts } },
      { type: "contacts", contacts: [{ name: "Joan", vcard }] },
    );
    const key = await arrives(
      { poll: { name: "Tea?", values: options, selectableCount: 1 } },
      { type: "poll", question: "Tea?", options, selectable: 1 },
    );
    await arrives(
      { react: { key, text: "!" } },
      { type: "reaction", to: key.id ?? "", emoji: "!" },
    );
  }
});

test("a device edits, deletes and forwards, and the phone sees which message is meant", async () => {
  await using sides = await startTwoSides();
  const { device, contact, chats, simulator } = sides;
  for (const { forDevice, name } of chats) {
    const first = await device.socket.sendMessage(forDevice, { text: `one ${name}` });
    const key = first?.key ?? {};
    const edit = await device.socket.sendMessage(forDevice, { text: "better", edit: key });
    const edited = await contact.waitForMessage({ id: edit?.key.id ?? "" });
    expect(edited.content).toMatchObject({ type: "edit", of: key.id, text: "better" });
    const gone = await device.socket.sendMessage(forDevice, { delete: key });
    const deleted = await contact.waitForMessage({ id: gone?.key.id ?? "" });
    expect(deleted.content).toMatchObject({ type: "delete", of: key.id });
    const [stanza] = simulator.history.stanzas({ direction: "out", id: deleted.id });
    expect(stanza?.node.attrs["edit"]).toBe("7");
    if (!first) throw new Error("nothing was sent");
    const again = await device.socket.sendMessage(forDevice, { forward: first, force: true });
    const forwarded = await contact.waitForMessage({ id: again?.key.id ?? "" });
    expect(forwarded.content).toMatchObject({ type: "text", text: `one ${name}`, forwarded: true });
  }
});

test("a view-once picture of a device is marked as one", async () => {
  await using sides = await startTwoSides();
  const { device, contact } = sides;
  const image = { image: randomBytes(100), jpegThumbnail: "", width: 1, height: 1, viewOnce: true };
  await device.socket.sendMessage(jidOf(contact), image);
  const { content } = await contact.waitForMessage({ type: "image" });
  expect(content).toMatchObject({ viewOnce: true });
});

test("a device's status reaches those it is meant for, and its own phone", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, simulator } = sides;
  const stranger = await simulator.createPhone();
  const statusJidList = [jidOf(contact), jidOf(own)];
  await device.socket.sendMessage("status@broadcast", { text: "hi all" }, { statusJidList });
  for (const phone of [contact, own])
    expect(await phone.waitForMessage({ text: "hi all" })).toMatchObject({
      from: own.number,
      to: "status@broadcast",
    });
  expect(stranger.received()).toEqual([]);
});

test("a device's encrypted vote in a phone's poll is read by the phone that asked", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  const { id } = await contact.poll(own.number, "Lunch?", ["soup", "bread", "both"], 2);
  const asked = await device.waitForMessage(({ key }) => key.id === id);
  const secret = asked.message?.messageContextInfo?.messageSecret ?? new Uint8Array();
  const context = { pollId: id, creatorJid: jidOf(contact), voterJid: jidOf(own) };
  const vote = sealVote(["soup", "both"], secret, context, randomBytes(12));
  const pollUpdateMessage = { pollCreationMessageKey: asked.key, vote, senderTimestampMs: 1 };
  const message = proto.Message.fromObject({ pollUpdateMessage });
  await device.socket.relayMessage(jidOf(contact), message, {});
  const { content } = await contact.waitForMessage({ type: "vote" });
  expect(content).toMatchObject({ poll: id, options: ["soup", "both"] });
});
