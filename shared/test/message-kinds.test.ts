import { sendMessageBody } from "#shared/contracts/message.ts";
import { expect, test } from "vitest";

const to = "+14155550123";
const mediaId = "med_01JD3W8Z5N6Q7R8S9T0V1W2X3Y";
const messageId = "msg_01JD3W8Z5N6Q7R8S9T0V1W2X3Y";
const vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Joan\nTEL:+14155550123\nEND:VCARD";
const options = (count: number) => Array.from({ length: count }, (_, i) => `option ${i}`);

test.for<[string, Record<string, unknown>]>([
  ["a text", { type: "text", text: { body: "hello" } }],
  ["a place", { type: "location", location: { latitude: 46.5, longitude: 7.25 } }],
  ["a vCard", { type: "contact", contact: { contacts: [{ vcard }] } }],
  ["a contact in words", { type: "contact", contact: { contacts: [{ name: "Joan", phone: to }] } }],
  ["a poll", { type: "poll", poll: { question: "Tea?", options: options(12), maxAnswers: 12 } }],
  ["an uploaded image", { type: "image", image: { mediaId, caption: "a view" } }],
  ["a document by URL", { type: "document", document: { url: "https://example.org/a.pdf" } }],
  [
    "a sticker in base64",
    { type: "sticker", sticker: { base64: "UklGRg==", mimetype: "image/webp" } },
  ],
  ["a reaction", { type: "reaction", reaction: { messageId, emoji: "👍🏽" } }],
  ["a reaction taken back", { type: "reaction", reaction: { messageId, emoji: "" } }],
])("%s can be sent", ([, body]) => {
  expect(sendMessageBody.safeParse({ to, ...body }).error).toBeUndefined();
});

test.for<[string, string, Record<string, unknown>]>([
  ["an unknown kind", "type", { type: "song", song: {} }],
  ["a text without a body", "text.body", { type: "text", text: {} }],
  ["an empty text", "text.body", { type: "text", text: { body: "" } }],
  ["a text that is too long", "text.body", { type: "text", text: { body: "x".repeat(65_537) } }],
  [
    "a place off the globe",
    "location.latitude",
    { type: "location", location: { latitude: 91, longitude: 0 } },
  ],
  [
    "a place without a longitude",
    "location.longitude",
    { type: "location", location: { latitude: 9 } },
  ],
  ["no contacts", "contact.contacts", { type: "contact", contact: { contacts: [] } }],
  [
    "a vCard without an end",
    "contact.contacts.0.vcard",
    { type: "contact", contact: { contacts: [{ vcard: vcard.replace("END:VCARD", "") }] } },
  ],
  [
    "a vCard without a name",
    "contact.contacts.0.vcard",
    { type: "contact", contact: { contacts: [{ vcard: vcard.replace("FN:Joan\n", "") }] } },
  ],
  [
    "two vCards in one",
    "contact.contacts.0.vcard",
    { type: "contact", contact: { contacts: [{ vcard: `${vcard}\n${vcard}` }] } },
  ],
  [
    "a poll with 13 options",
    "poll.options",
    { type: "poll", poll: { question: "?", options: options(13) } },
  ],
  [
    "a poll with one option",
    "poll.options",
    { type: "poll", poll: { question: "?", options: options(1) } },
  ],
  [
    "a poll with the same option twice",
    "poll.options",
    { type: "poll", poll: { question: "?", options: ["a", "a"] } },
  ],
  [
    "more answers than options",
    "poll.maxAnswers",
    { type: "poll", poll: { question: "?", options: ["a", "b"], maxAnswers: 3 } },
  ],
  ["an image from nowhere", "image", { type: "image", image: { caption: "x" } }],
  [
    "an image from two places",
    "image",
    { type: "image", image: { mediaId, url: "https://example.org/a" } },
  ],
  ["an image without its member", "image", { type: "image", video: { mediaId } }],
  [
    "a URL of another protocol",
    "video.url",
    { type: "video", video: { url: "ftp://example.org/a.mp4" } },
  ],
  [
    "a caption that is too long",
    "image.caption",
    { type: "image", image: { mediaId, caption: "x".repeat(1_025) } },
  ],
  [
    "base64 that is none",
    "audio.base64",
    { type: "audio", audio: { base64: "not base64!", mimetype: "audio/ogg" } },
  ],
  [
    "base64 of nothing",
    "audio.base64",
    { type: "audio", audio: { base64: "", mimetype: "audio/ogg" } },
  ],
  ["base64 of no known type", "audio.mimetype", { type: "audio", audio: { base64: "AAAA" } }],
  [
    "a media type that is none",
    "document.mimetype",
    { type: "document", document: { mediaId, mimetype: "pdf" } },
  ],
  [
    "a reaction in words",
    "reaction.emoji",
    { type: "reaction", reaction: { messageId, emoji: "ok" } },
  ],
  [
    "a reaction of two emoji",
    "reaction.emoji",
    { type: "reaction", reaction: { messageId, emoji: "👍👍" } },
  ],
  ["a reaction to nothing", "reaction.messageId", { type: "reaction", reaction: { emoji: "👍" } }],
  ["a quote of nothing", "replyTo", { type: "text", text: { body: "x" }, replyTo: "3EB0" }],
  ["a mention of nobody", "mentions.0", { type: "text", text: { body: "x" }, mentions: ["Joan"] }],
])("%s is refused, naming the field", ([, path, body]) => {
  const { error } = sendMessageBody.safeParse({ to, ...body });
  expect(error?.issues.map((issue) => issue.path.join("."))).toContain(path);
});
