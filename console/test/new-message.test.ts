import { expect, test } from "vitest";
import { sayAgain } from "../live/new-message.ts";
import { fittingKinds } from "../live/send-as.ts";
import { vcardPhones } from "../live/vcard-phones.ts";
import { aMessage } from "./a-message.ts";

test("a message that failed is said again with its file and words, and nothing that the store added", () => {
  const image = { mediaId: "med_1", caption: "The sea", size: 7, mimetype: "image/png" };
  expect(sayAgain(aMessage({ content: { type: "image", image } }))).toEqual({
    type: "image",
    image: { mediaId: "med_1", caption: "The sea" },
  });
});

test("what is about another message is not said again", () => {
  const of = { messageId: null, whatsappId: "3EB0", sender: "" };
  expect(sayAgain(aMessage({ content: { type: "deletion", deletion: { of } } }))).toBeUndefined();
});

test("a file is offered as what WhatsApp takes it as, the likeliest first", () => {
  expect(fittingKinds({ type: "image/png", size: 1_000 })).toEqual(["image", "document"]);
  expect(fittingKinds({ type: "image/png", size: 17 * 2 ** 20 })).toEqual(["document"]);
  expect(fittingKinds({ type: "audio/ogg", size: 1_000 })).toEqual(["audio", "voice", "document"]);
  expect(fittingKinds({ type: "", size: 1_000 })).toEqual(["document"]);
  expect(fittingKinds({ type: "", size: 3 * 2 ** 30 })).toEqual([]);
});

test("a card's phones are shown, and written to where the card says so", () => {
  const vcard =
    "BEGIN:VCARD\r\nFN:Joan\r\nTEL;type=CELL;waid=14155550123:+1 415 555 0123\r\nitem1.TEL:030 1234\r\nEND:VCARD";
  expect(vcardPhones(vcard)).toEqual([
    { phone: "+1 415 555 0123", chat: "14155550123@s.whatsapp.net" },
    { phone: "030 1234", chat: undefined },
  ]);
});
