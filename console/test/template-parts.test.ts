import { expect, test } from "vitest";
import { toParts, toTemplateMessage } from "../live/template-parts.ts";

test.for([
  [{ type: "text", text: { body: "Hello {{name}}" } }, "text"],
  [{ type: "image", image: { url: "https://example.com/{{id}}.png", caption: "See" } }, "image"],
  [{ type: "text", text: { body: "Hello" }, mentions: ["+14155550123"] }, "other"],
  [{ type: "image", image: { mediaId: "med_1" } }, "other"],
  [{ type: "location", location: { latitude: 1, longitude: 2 } }, "other"],
] as const)("nothing of %j is lost by editing it", ([message, kind]) => {
  const parts = toParts(message);
  expect(parts.kind).toBe(kind);
  expect(toTemplateMessage(parts)).toEqual(message);
});
