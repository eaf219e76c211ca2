import { expect, test } from "vitest";
import { isLateSend } from "../whatsapp/is-late-send.ts";

const boom = (statusCode: number) =>
  Object.assign(new Error("closed"), { isBoom: true, output: { statusCode } });

test("a send of Baileys' own on a connection that has just ended does not end the worker; anything else does", () => {
  expect(isLateSend(boom(428))).toBe(true);
  expect(isLateSend(boom(408))).toBe(false);
  expect(isLateSend(new Error("Connection Closed"))).toBe(false);
  expect(isLateSend(undefined)).toBe(false);
});
