import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { expect, test } from "vitest";

const require = createRequire(import.meta.url);

type Bytes = Uint8Array;
type Crypto = Record<"calculateMAC" | "deriveSecrets" | "encrypt" | "decrypt", Function> & {
  verifyMAC(data: Bytes, key: Bytes, mac: Bytes, length: number): void;
};
type Pair = { pubKey: Buffer; privKey: Buffer };
type Curve = { generateKeyPair(): Pair; calculateAgreement(publicKey: Bytes, key: Bytes): Buffer };

/** libsignal as it is shipped. */
function fresh(name: string): unknown {
  const path = require.resolve(`libsignal/src/${name}.js`);
  delete require.cache[path];
  const module: unknown = require(path);
  delete require.cache[path];
  return module;
}

const shipped = { crypto: fresh("crypto") as Crypto, curve: fresh("curve") as Curve };
await import("../whatsapp/secret-keys.ts");
await import("../whatsapp/signal-crypto.ts");
const crypto = require("libsignal/src/crypto.js") as Crypto;
const curve = require("libsignal/src/curve.js") as Curve;

const rounds = Array.from({ length: 50 }, (_, i) => i);

test("messages and keys are the same bytes as libsignal's own", () => {
  for (const round of rounds) {
    const [key, salt, data] = [randomBytes(32), randomBytes(32), randomBytes(round + 1)];
    const iv = randomBytes(16);
    const info = Buffer.from("WhisperRatchet");
    expect(crypto.calculateMAC(key, data)).toEqual(shipped.crypto.calculateMAC(key, data));
    for (const chunks of [1, 2, 3, undefined]) {
      const secrets: unknown = crypto.deriveSecrets(data, salt, info, chunks);
      expect(secrets).toEqual(shipped.crypto.deriveSecrets(data, salt, info, chunks));
    }
    const sealed = crypto.encrypt(key, data, iv) as Buffer;
    expect(sealed).toEqual(shipped.crypto.encrypt(key, data, iv));
    expect(crypto.decrypt(key, sealed, iv)).toEqual(data);
  }
});

test("both sides of an agreement, whoever made their keys, agree", () => {
  for (const _ of rounds) {
    const [ours, theirs] = [curve.generateKeyPair(), shipped.curve.generateKeyPair()];
    const shared = curve.calculateAgreement(theirs.pubKey, ours.privKey);
    expect(shared).toEqual(shipped.curve.calculateAgreement(theirs.pubKey, ours.privKey));
    expect(shared).toEqual(shipped.curve.calculateAgreement(ours.pubKey, theirs.privKey));
    expect(shared).toEqual(curve.calculateAgreement(ours.pubKey, theirs.privKey));
  }
});

test("a message whose MAC is wrong, or too short, is refused", () => {
  const [key, data] = [randomBytes(32), randomBytes(100)];
  const mac = (crypto.calculateMAC(key, data) as Buffer).subarray(0, 8);
  expect(() => crypto.verifyMAC(data, key, mac, 8)).not.toThrow();
  expect(() => crypto.verifyMAC(data, key, mac.subarray(0, 7), 8)).toThrow("Bad MAC length");
  const wrong = Buffer.from(mac);
  wrong.writeUInt8(wrong.readUInt8(0) ^ 1, 0);
  expect(() => crypto.verifyMAC(data, key, wrong, 8)).toThrow("Bad MAC");
});

test("a key that would make the secret known to everybody is refused", () => {
  const { privKey } = curve.generateKeyPair();
  const lowOrder = Buffer.alloc(33);
  lowOrder[0] = 5;
  expect(() => curve.calculateAgreement(lowOrder, privKey)).toThrow();
});
