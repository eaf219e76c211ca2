// Baileys 7.0.0-rc14 ignores libsignal's verdict on signatures, so neither the server's certificate
// nor the account's signature is checked. libsignal's sign and verify are replaced here, before
// Baileys loads, by the WASM ones that Baileys ships: they throw on a bad signature, which Baileys
// does notice, and they are some fifty times faster.
import { hash } from "node:crypto";
import { createRequire } from "node:module";
import { calculateSignature, verifySignature } from "whatsapp-rust-bridge";

type Curve = {
  calculateSignature(privateKey: Uint8Array, message: Uint8Array): Uint8Array;
  verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
};

class BadSignatureError extends Error {
  override name = "BadSignatureError";
}

const curve = createRequire(import.meta.url)("libsignal/src/curve.js") as Curve;

curve.calculateSignature = (privateKey, message) =>
  Buffer.from(calculateSignature(privateKey, message));

/**
 * Signatures that were found good, by all that they depend on. The server's certificate comes with
 * each login, and is the same for all sessions: a verification takes 180 µs, a look here 5.
 */
const good = new Set<string>();
const goodLimit = 100;

/** @throws {BadSignatureError} */
export function requireGood(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): true {
  const lengths = Uint32Array.of(publicKey.length, message.length);
  const asked = Buffer.concat([Buffer.from(lengths.buffer), publicKey, message, signature]);
  const name = hash("sha256", asked, "base64");
  if (good.has(name)) return true;
  if (!verifySignature(publicKey, message, signature)) {
    throw new BadSignatureError("a signature does not match its key");
  }
  const [oldest] = good;
  if (oldest !== undefined && good.size >= goodLimit) good.delete(oldest);
  good.add(name);
  return true;
}

curve.verifySignature = requireGood;
