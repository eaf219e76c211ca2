import { expect, test } from "vitest";
import { toVcard, vcardName } from "#shared/contracts/vcard.ts";
import { fillContent } from "./fill-content.ts";

test("a name with commas and line breaks stays one name in a contact's card", () => {
  const vcard = toVcard({ name: "{{who}}", phone: "+14155550123" });
  const content = { type: "contact" as const, contact: { contacts: [{ name: "{{who}}", vcard }] } };
  const filled = fillContent(content, { who: "Joan, of Arc;\nTEL:+1" });
  const [contact] = filled.type === "contact" ? filled.contact.contacts : [];
  expect(contact?.vcard.split("\n")).toHaveLength(vcard.split("\n").length);
  expect(vcardName(contact?.vcard ?? "")).toBe("Joan, of Arc; TEL:+1");
});

test("what is quoted is shown as it was written", () => {
  const replyTo = {
    messageId: null,
    whatsappId: "3A",
    sender: "",
    type: "text",
    text: "Hi {{who}}",
  };
  const content = { type: "text" as const, text: { body: "Hi {{who}}" }, replyTo };
  expect(fillContent(content, { who: "Joan" })).toEqual({ ...content, text: { body: "Hi Joan" } });
});
