import { sendMessageBody } from "#shared/contracts/message.ts";
import { expect, test } from "vitest";

const to = "+14155550123";
const vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Joan\nTEL:+14155550123\nEND:VCARD";
const options = (count: number) => Array.from({ length: count }, (_, i) => `option ${i}`);

test.for<[string, Record<string, unknown>]>([
  ["a text", { type: "text", text: { body: "hello" } }],
  ["a place", { type: "location", location: { latitude: 46.5, longitude: 7.25 } }],
  ["a vCard", { type: "contact", contact: { contacts: [{ vcard }] } }],
  ["a contact in words", { type: "contact", contact: { contacts: [{ name: "Joan", phone: to }] } }],
  ["a poll", { type: "poll", poll: { question: "Tea?", options: options(12), maxAnswers: 12 } }],
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
  ["a quote of nothing", "replyTo", { type: "text", text: { body: "x" }, replyTo: "3EB0" }],
  ["a mention of nobody", "mentions.0", { type: "text", text: { body: "x" }, mentions: ["Joan"] }],
])("%s is refused, naming the field", ([, path, body]) => {
  const { error } = sendMessageBody.safeParse({ to, ...body });
  expect(error?.issues.map((issue) => issue.path.join("."))).toContain(path);
});
