// An entry's payload is JSON, deflated with a fixed dictionary, sealed with the session's data key.
// Layout: version (1 byte), IV (12), ciphertext, tag (16).
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { entryDictionary } from "./entry-dictionary.ts";

/**
 * What a former reader would misunderstand: from 2 on an entry may hold patches, from 3 on records of
 * Signal sessions in protobuf.
 */
const version = 3;
const readable: readonly (number | undefined)[] = [1, 2, 3];
const ivBytes = 12;
const tagBytes = 16;

/** The stored bytes cannot be read: wrong key, damaged, or of an unknown version. */
class UnreadableEntryError extends Error {
  override name = "UnreadableEntryError";
}

/** @param context binds the bytes to their place: nobody can move an entry elsewhere. */
export function seal(value: unknown, dataKey: Uint8Array, context: string): Uint8Array {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", dataKey, iv);
  cipher.setAAD(Buffer.from(context));
  const packed = deflateRawSync(JSON.stringify(value), { dictionary: entryDictionary });
  return Buffer.concat([
    Buffer.of(version),
    iv,
    cipher.update(packed),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** @throws {Error} when the bytes cannot be read */
export function unseal(bytes: Uint8Array, dataKey: Uint8Array, context: string): unknown {
  if (!readable.includes(bytes[0])) {
    throw new UnreadableEntryError(
      `journal entry of version ${bytes[0]}, this code reads ${readable.join(", ")}`,
    );
  }
  try {
    const iv = bytes.subarray(1, 1 + ivBytes);
    const decipher = createDecipheriv("aes-256-gcm", dataKey, iv);
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
    const sealed = bytes.subarray(1 + ivBytes, bytes.length - tagBytes);
    const packed = Buffer.concat([decipher.update(sealed), decipher.final()]);
    return JSON.parse(inflateRawSync(packed, { dictionary: entryDictionary }).toString("utf8"));
  } catch (cause) {
    throw new UnreadableEntryError(`journal entry cannot be read (${context})`, { cause });
  }
}
