// Node throws and catches within each cipher or HMAC that gets its key as bytes, which costs more
// than the work itself: 21 against 7 µs a frame. Baileys, libsignal and the AWS SDK all give bytes,
// and a message takes some thirty of these; so the bytes are made a key object on the way, in the
// whole process.
import { createRequire, syncBuiltinESMExports } from "node:module";

type Maker = (algorithm: string, key: unknown, ...rest: unknown[]) => unknown;

type Crypto = Record<"createCipheriv" | "createDecipheriv" | "createHmac", Maker> & {
  createSecretKey(key: Uint8Array): unknown;
};

/** A builtin module is one object, whoever requires it. */
const crypto = createRequire(import.meta.url)("node:crypto") as Crypto;

/**
 * By the buffers that they came in: a connection gives the same one with each frame, a journal with
 * each entry, and a key object is a fifth of what sealing takes. Other keys are new each time.
 */
const kept = new WeakMap<Uint8Array, { bytes: Uint8Array; keyObject: unknown }>();

function keptKeyObject(key: Uint8Array): unknown {
  const known = kept.get(key);
  // The buffer may have been written over since.
  if (known && Buffer.compare(known.bytes, key) === 0) return known.keyObject;
  const bytes = new Uint8Array(key);
  const keyObject = crypto.createSecretKey(bytes);
  kept.set(key, { bytes, keyObject });
  return keyObject;
}

function toKeyObject(algorithm: string, key: Uint8Array): unknown {
  return algorithm === "aes-256-gcm" ? keptKeyObject(key) : crypto.createSecretKey(key);
}

function withKeyObject(make: Maker): Maker {
  return (algorithm, key, ...rest) =>
    make(algorithm, key instanceof Uint8Array ? toKeyObject(algorithm, key) : key, ...rest);
}

crypto.createCipheriv = withKeyObject(crypto.createCipheriv);
crypto.createDecipheriv = withKeyObject(crypto.createDecipheriv);
crypto.createHmac = withKeyObject(crypto.createHmac);
syncBuiltinESMExports();
