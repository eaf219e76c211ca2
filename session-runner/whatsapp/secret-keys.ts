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

function withKeyObject(make: Maker): Maker {
  return (algorithm, key, ...rest) =>
    make(algorithm, key instanceof Uint8Array ? crypto.createSecretKey(key) : key, ...rest);
}

crypto.createCipheriv = withKeyObject(crypto.createCipheriv);
crypto.createDecipheriv = withKeyObject(crypto.createDecipheriv);
crypto.createHmac = withKeyObject(crypto.createHmac);
syncBuiltinESMExports();
