// libsignal's primitives, replaced before Baileys loads by ones that give the same bytes for less:
// Node throws and catches within each HMAC or cipher that gets its key as bytes, which costs more
// than the work itself (16 against 6 µs); libsignal builds HKDF from four such HMACs (79 against
// 14); and it wraps both keys in DER for each agreement (166 against 106 in WASM).
import { createCipheriv, createDecipheriv, createHmac, createSecretKey } from "node:crypto";
import { hkdfSync, timingSafeEqual } from "node:crypto";
import { createRequire } from "node:module";
import { calculateAgreement, generateKeyPair } from "whatsapp-rust-bridge";

type Crypto = {
  calculateMAC(key: Uint8Array, data: Uint8Array): Buffer;
  verifyMAC(data: Uint8Array, key: Uint8Array, mac: Uint8Array, length: number): void;
  deriveSecrets(input: Uint8Array, salt: Uint8Array, info: Uint8Array, chunks?: number): Buffer[];
  encrypt(key: Uint8Array, data: Uint8Array, iv: Uint8Array): Buffer;
  decrypt(key: Uint8Array, data: Uint8Array, iv: Uint8Array): Buffer;
};

type Curve = {
  generateKeyPair(): { pubKey: Buffer; privKey: Buffer };
  calculateAgreement(publicKey: Uint8Array, privateKey: Uint8Array): Buffer;
};

const require = createRequire(import.meta.url);
const crypto = require("libsignal/src/crypto.js") as Crypto;
const curve = require("libsignal/src/curve.js") as Curve;

const chunkBytes = 32;

crypto.calculateMAC = (key, data) =>
  createHmac("sha256", createSecretKey(key)).update(data).digest();

crypto.verifyMAC = (data, key, mac, length) => {
  const expected = crypto.calculateMAC(key, data).subarray(0, length);
  if (mac.length !== length || expected.length !== length) throw new Error("Bad MAC length");
  if (!timingSafeEqual(mac, expected)) throw new Error("Bad MAC");
};

crypto.deriveSecrets = (input, salt, info, chunks = 3) => {
  const secrets = hkdfSync("sha256", input, salt, info, chunks * chunkBytes);
  return Array.from({ length: chunks }, (_, i) => Buffer.from(secrets, i * chunkBytes, chunkBytes));
};

crypto.encrypt = (key, data, iv) => {
  const cipher = createCipheriv("aes-256-cbc", createSecretKey(key), iv);
  return Buffer.concat([cipher.update(data), cipher.final()]);
};

crypto.decrypt = (key, data, iv) => {
  const decipher = createDecipheriv("aes-256-cbc", createSecretKey(key), iv);
  return Buffer.concat([decipher.update(data), decipher.final()]);
};

curve.generateKeyPair = () => {
  const { pubKey, privKey } = generateKeyPair();
  return { pubKey: Buffer.from(pubKey), privKey: Buffer.from(privKey) };
};

curve.calculateAgreement = (publicKey, privateKey) => {
  const shared = Buffer.from(calculateAgreement(publicKey, privateKey));
  // What a public key of low order gives, whatever the private one: Node refuses it, WASM does not.
  if (shared.every((byte) => byte === 0)) throw new Error("Invalid public key");
  return shared;
};
