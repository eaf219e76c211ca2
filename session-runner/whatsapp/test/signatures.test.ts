import { createRequire } from "node:module";
import { generateKeyPair } from "whatsapp-rust-bridge";
import { expect, test } from "vitest";
import "../signatures.ts";

type Curve = {
  calculateSignature(privateKey: Uint8Array, message: Uint8Array): Buffer;
  verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
};

const curve = createRequire(import.meta.url)("libsignal/src/curve.js") as Curve;

test("what was found good stays good, and vouches for nothing else", () => {
  const { pubKey, privKey } = generateKeyPair();
  const other = generateKeyPair();
  const message = Buffer.from("a certificate");
  const signature = curve.calculateSignature(privKey, message);
  for (let time = 0; time < 2; time += 1) {
    expect(curve.verifySignature(pubKey, message, signature)).toBe(true);
  }

  const changed = Buffer.from(signature);
  changed[0] = (changed[0] ?? 0) ^ 1;
  expect(() => curve.verifySignature(pubKey, message, changed)).toThrow("does not match");
  expect(() => curve.verifySignature(pubKey, message.subarray(1), signature)).toThrow(
    "does not match",
  );
  expect(() => curve.verifySignature(other.pubKey, message, signature)).toThrow("does not match");
  // Not even when the same bytes are cut into other pieces.
  const joined = Buffer.concat([message, signature]);
  expect(() =>
    curve.verifySignature(pubKey, joined.subarray(0, -63), joined.subarray(-63)),
  ).toThrow();
});
