// To pad a message Baileys asks for one random byte, and each request takes Node 10 µs, however few
// are asked for. So few bytes are taken from many that were asked for at once, in the whole process;
// keys, nonces and salts are longer and come from Node one by one, as before.
import { createRequire, syncBuiltinESMExports } from "node:module";

type RandomBytes = (size: number, ...rest: unknown[]) => Buffer;

/** A builtin module is one object, whoever requires it. */
const crypto = createRequire(import.meta.url)("node:crypto") as { randomBytes: RandomBytes };

const few = 4;
const many = 1_024;

const randomBytes = crypto.randomBytes;
let left: Buffer = Buffer.alloc(0);

crypto.randomBytes = (size, ...rest) => {
  const isFew = rest.length === 0 && Number.isInteger(size) && size > 0 && size <= few;
  if (!isFew) return randomBytes(size, ...rest);
  if (left.length < size) left = randomBytes(many);
  const taken = Buffer.from(left.subarray(0, size));
  left = left.subarray(size);
  return taken;
};
syncBuiltinESMExports();
