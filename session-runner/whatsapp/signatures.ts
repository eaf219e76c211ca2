// Baileys 7.0.0-rc14 ignores libsignal's verdict on signatures, so neither the server's certificate
// nor the account's signature is checked. libsignal's sign and verify are replaced here, before
// Baileys loads, by the WASM ones that Baileys ships: they throw on a bad signature, which Baileys
// does notice, and they are some fifty times faster.
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

curve.verifySignature = (publicKey, message, signature) => {
  if (!verifySignature(publicKey, message, signature)) {
    throw new BadSignatureError("a signature does not match its key");
  }
  return true;
};
