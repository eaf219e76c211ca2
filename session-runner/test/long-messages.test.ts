import { expect, test } from "vitest";
import type { EventBatch } from "#shared/contracts/event.ts";
import { receivedContentSchema } from "#shared/contracts/message-content.ts";
import { newId } from "#shared/ids.ts";
import { createEventStream } from "../events/event-stream.ts";
import type { Journal } from "../journal/journal.ts";
import { proto } from "../whatsapp/baileys.ts";
import { fromWhatsapp } from "../whatsapp/from-whatsapp.ts";

/** What is encrypted of a message: its end says how much of it is padding. */
function plaintextOf(message: proto.IMessage): Uint8Array {
  return Buffer.concat([proto.Message.encode(message).finish(), Buffer.of(1)]);
}

/** As much as WhatsApp's own apps send, three bytes a character. */
const longest = "語".repeat(65_536);

test("the longest text that WhatsApp's apps write arrives whole", () => {
  const said = fromWhatsapp(plaintextOf({ conversation: longest }));
  expect(said).toMatchObject({ content: { text: { body: longest } } });
});

const card = { displayName: "Ann", vcard: "v".repeat(5_000) };

test.each<[string, proto.IMessage]>([
  ["a text of megabytes", { conversation: "a".repeat(3_000_000) }],
  ["a text that escapes make longer", { conversation: "\u0001😀".repeat(100_000) }],
  [
    "contacts without end",
    { contactsArrayMessage: { contacts: Array.from({ length: 50_000 }, () => ({})) } },
  ],
  ["many cards", { contactsArrayMessage: { contacts: Array.from({ length: 500 }, () => card) } }],
  [
    "a quotation of megabytes",
    {
      extendedTextMessage: {
        text: longest,
        contextInfo: { stanzaId: "1", quotedMessage: { conversation: "q".repeat(2_000_000) } },
      },
    },
  ],
])("%s comes in cut, so that an event of it can be stored and sent", (_what, message) => {
  const said = fromWhatsapp(plaintextOf(message));
  expect(said?.kind).toBe("message");
  expect(Buffer.byteLength(JSON.stringify(said))).toBeLessThan(256 * 1024);
});

test.each<[string, proto.IMessage, object]>([
  [
    "a file that is said to be larger than any number",
    { documentMessage: { fileLength: "18446744073709551615" as unknown as number } },
    { type: "document", document: { mimetype: "application/octet-stream" } },
  ],
  [
    "a file of a type that no header could carry",
    { imageMessage: { mimetype: "image/jpeg\r\nx-evil: 1", fileLength: 9 } },
    { type: "image", image: { mimetype: "application/octet-stream", size: 9 } },
  ],
  [
    "a place so near to nothing that no table takes it",
    { locationMessage: { degreesLatitude: 1e-300, degreesLongitude: 7.25 } },
    { type: "location", location: { latitude: 0, longitude: 7.25 } },
  ],
  [
    "a place that is none",
    { locationMessage: { degreesLatitude: Number.NaN, degreesLongitude: 1e300 } },
    { type: "unsupported", unsupported: { whatsappType: "locationMessage" } },
  ],
])("%s comes in as something that every event may say", (_what, message, content) => {
  const said = fromWhatsapp(plaintextOf(message));
  const told = said?.kind === "message" ? said.content : undefined;
  expect(told).toEqual(content);
  expect(receivedContentSchema.parse(JSON.parse(JSON.stringify(told)))).toEqual(content);
});

test("of what is quoted, its beginning is kept: everyone can look at the rest", () => {
  const contextInfo = { stanzaId: "1", quotedMessage: { conversation: longest } };
  const said = fromWhatsapp(plaintextOf({ extendedTextMessage: { text: "yes", contextInfo } }));
  expect(said).toMatchObject({ quoted: { text: "語".repeat(1_024) } });
});

test("a reaction is one emoji long, whatever stands in its place", () => {
  const said = fromWhatsapp(plaintextOf({ reactionMessage: { text: "😀".repeat(50_000) } }));
  expect(said).toMatchObject({ kind: "reaction", emoji: "😀".repeat(32) });
});

test("many long messages at once travel in as many queue messages as it takes, in order", async () => {
  const batches: EventBatch[] = [];
  const journal = { position: { epoch: 1 }, stage: () => undefined } as unknown as Journal;
  const stream = createEventStream({
    sessionId: newId("session"),
    accountId: newId("account"),
    journal,
    sender: { send: async (batch) => void batches.push(batch), stop: () => undefined },
    isSilent: () => false,
    now: Date.now,
  });
  const texts = Array.from({ length: 12 }, (_, index) => String(index).padEnd(60_000, "x"));
  const about = {
    messageId: newId("message"),
    whatsappId: "3A00",
    chat: { id: "1@lid", phone: null, lid: "1@lid" },
    from: { id: "1@lid", phone: null, lid: "1@lid" },
    fromMe: false,
    editedAt: new Date().toISOString(),
  };
  const published = texts.map((body) =>
    stream.publish({ type: "message.edited", data: { ...about, body } }),
  );
  await Promise.all(published);
  const sent = batches.flatMap(({ events }) => events);
  expect(sent.map(({ data }) => ("body" in data ? data.body : ""))).toEqual(texts);
  expect(sent.map(({ cursor }) => cursor)).toEqual(texts.map((_, index) => `1.${index + 1}`));
  expect(batches.length).toBeLessThan(texts.length);
  for (const batch of batches) {
    expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(256 * 1024);
  }
});
