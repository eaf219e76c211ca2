import { calculateSignature, generateKeyPair } from "whatsapp-rust-bridge";
import { expect, test } from "vitest";
import { requireGood } from "../signatures.ts";

test("what was found good stays good, and vouches for nothing else", () => {
  const { pubKey, privKey } = generateKeyPair();
  const other = generateKeyPair();
  const message = Buffer.from("a certificate");
  const signature = Buffer.from(calculateSignature(privKey, message));
  for (let time = 0; time < 2; time += 1) {
    expect(requireGood(pubKey, message, signature)).toBe(true);
  }

  const changed = Buffer.from(signature);
  changed[0] = (changed[0] ?? 0) ^ 1;
  expect(() => requireGood(pubKey, message, changed)).toThrow("does not match");
  expect(() => requireGood(pubKey, message.subarray(1), signature)).toThrow("does not match");
  expect(() => requireGood(other.pubKey, message, signature)).toThrow("does not match");
  // Not even when the same bytes are cut into other pieces.
  const joined = Buffer.concat([message, signature]);
  expect(() => requireGood(pubKey, joined.subarray(0, -63), joined.subarray(-63))).toThrow();
});
