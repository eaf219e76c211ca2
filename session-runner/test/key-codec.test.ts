import { expect, test } from "vitest";
import { decodeKey, encodeKey } from "../whatsapp/key-codec.ts";
import { generateKeyPair } from "whatsapp-rust-bridge";

test("a pre-key comes back whole from its private half", () => {
  for (let i = 0; i < 50; i += 1) {
    const { pubKey, privKey } = generateKeyPair();
    const pair = { private: Buffer.from(privKey), public: Buffer.from(pubKey.subarray(1)) };
    const text = encodeKey("pre-key", pair);
    expect(text).toHaveLength(44);
    expect(decodeKey("pre-key", text)).toEqual(pair);
  }
});
