import { expect, test } from "vitest";
import { findAddress } from "#shared/address.ts";

test.for([
  ["+14155550123", "14155550123@s.whatsapp.net"],
  ["14155550123", "14155550123@s.whatsapp.net"],
  ["14155550123@s.whatsapp.net", "14155550123@s.whatsapp.net"],
  ["14155550123@c.us", "14155550123@s.whatsapp.net"],
  ["120363025246125486@g.us", "120363025246125486@g.us"],
  ["123456789012345@lid", "123456789012345@lid"],
] as const)("%s is the address %s", ([text, jid]) => {
  expect(findAddress(text)?.jid).toBe(jid);
});

test.for([
  "",
  "123456789",
  "1234567890123456",
  "+1 415 555",
  "a@s.whatsapp.net",
  "0123456789",
  "x@g.us",
])("%s is no address", (text) => {
  expect(findAddress(text)).toBeUndefined();
});
