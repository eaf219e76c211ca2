import { expect, test } from "vitest";
import { chooseQrFormat } from "./choose-qr-format.ts";

test.for([
  [undefined, "application/json"],
  ["*/*", "application/json"],
  ["image/*", "image/png"],
  ["image/svg+xml,image/png;q=0.9", "image/svg+xml"],
  ["image/svg+xml;q=0.2, image/png;q=0.9", "image/png"],
  ["text/html,image/webp,*/*;q=0.8", "application/json"],
  ["image/png;q=0", "application/json"],
] as const)("Accept: %s gives %s", ([accept, format]) => {
  expect(chooseQrFormat(accept)).toBe(format);
});
