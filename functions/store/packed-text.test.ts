import { expect, test } from "vitest";
import { makeEvent, messageStatusDraft } from "#functions/test/events.ts";
import { newId } from "#shared/ids.ts";
import { packText, unpackText } from "./packed-text.ts";

test("a text comes out as it went in, and events take a fraction of their JSON", () => {
  const owner = { sessionId: newId("session"), accountId: newId("account") };
  const messageId = newId("message");
  const events = (["sent", "delivered", "read"] as const).map((status, i) =>
    makeEvent(owner, `1.${i + 1}`, messageStatusDraft(messageId, status)),
  );
  for (const text of ["", "[]", "grüße 👋", JSON.stringify(events)]) {
    expect(unpackText(packText(text))).toBe(text);
  }
  const text = JSON.stringify(events);
  expect(packText(text).length).toBeLessThan(text.length / 3);
});

test("bytes of another version are refused, not misread", () => {
  expect(() => unpackText(Buffer.of(2, 3, 0))).toThrow("version 2");
});

// These bytes are in the tables of deployments.
test("what the first version has packed can be read for ever", () => {
  const packed = Buffer.from("ASMrqXs7GmAF2IIDixpw8BiaGJqampoaGBoZUy+k8DgMKQSNgP4GAA==", "base64");
  expect(unpackText(packed)).toContain('"type":"message.status"');
});
