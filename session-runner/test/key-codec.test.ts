import { expect, test } from "vitest";
import { decodeKey, encodeKey } from "../whatsapp/key-codec.ts";
import { Curve } from "@whiskeysockets/baileys";

test("a pre-key comes back whole from its private half", () => {
  for (let i = 0; i < 50; i += 1) {
    const pair = Curve.generateKeyPair();
    const text = encodeKey("pre-key", pair);
    expect(text).toHaveLength(44);
    expect(decodeKey("pre-key", text)).toEqual(pair);
  }
});
