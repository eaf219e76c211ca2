import { expect, test } from "vitest";
import { BufferJSON } from "../whatsapp/baileys.ts";
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

test.for([
  { token: Buffer.from("token"), timestamp: "1796029856" },
  { token: Buffer.alloc(0), senderTimestamp: 1_796_029_856 },
  { senderTimestamp: 1_796_029_856 },
])("a contact's token is read as Baileys' own reviver reads it", (value) => {
  const text = encodeKey("tctoken", value);
  expect(decodeKey("tctoken", text)).toEqual(JSON.parse(text, BufferJSON.reviver));
  expect(decodeKey("tctoken", text)).toEqual(value);
});
