// X25519 and XEdDSA through WebAssembly: the pure-JS signatures of libsignal take 5-12 ms each.
import {
  calculateAgreement,
  calculateSignature,
  generateKeyPair as generate,
  verifySignature,
} from "whatsapp-rust-bridge";

/** A Curve25519 key pair; the public half is 32 bytes, without Signal's type byte. */
export type KeyPair = { publicKey: Uint8Array; privateKey: Uint8Array };

const signalKeyType = 5;

/** Signal writes public keys with a leading type byte; Noise and the stanzas do not. */
export const toSignalKey = (publicKey: Uint8Array): Uint8Array => {
  if (publicKey.length === 33) return publicKey;
  const prefixed = new Uint8Array(33);
  prefixed[0] = signalKeyType;
  prefixed.set(publicKey, 1);
  return prefixed;
};

export const fromSignalKey = (publicKey: Uint8Array): Uint8Array =>
  publicKey.length === 33 ? publicKey.slice(1) : publicKey;

export const generateKeyPair = (): KeyPair => {
  const pair = generate();
  return { publicKey: fromSignalKey(pair.pubKey), privateKey: pair.privKey };
};

export const agree = (privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array =>
  calculateAgreement(toSignalKey(publicKey), privateKey);

export const sign = (privateKey: Uint8Array, message: Uint8Array): Uint8Array =>
  calculateSignature(privateKey, message);

/** False for a wrong signature and for bytes that are no key or no signature at all. */
export const verify = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean => {
  try {
    return verifySignature(toSignalKey(publicKey), message, signature);
  } catch {
    return false;
  }
};
