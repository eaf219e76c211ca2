import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Key } from "./key-store.ts";

export type EncryptionContext = Record<string, string>;

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 17;

/** A blob is: version, key id (16 bytes), iv, tag, ciphertext. All but the last are bound to it. */
export function seal(key: Key, plaintext: Uint8Array, context: EncryptionContext): Buffer {
  const header = Buffer.concat([
    Buffer.from([VERSION]),
    Buffer.from(key.id.replaceAll("-", ""), "hex"),
  ]);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(key.material, "base64"), iv);
  cipher.setAAD(Buffer.concat([header, canonical(context)]));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, iv, cipher.getAuthTag(), sealed]);
}

/** Which key a blob was sealed with; undefined when it is no blob of ours. */
export function keyIdOf(blob: Buffer): string | undefined {
  if (blob.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || blob[0] !== VERSION) return undefined;
  const hex = blob.toString("hex", 1, HEADER_BYTES);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The plaintext; undefined when the blob, the key or the context is not the one it was sealed with. */
export function unseal(key: Key, blob: Buffer, context: EncryptionContext): Buffer | undefined {
  const ivEnd = HEADER_BYTES + IV_BYTES;
  const tagEnd = ivEnd + TAG_BYTES;
  const material = Buffer.from(key.material, "base64");
  const iv = blob.subarray(HEADER_BYTES, ivEnd);
  const decipher = createDecipheriv("aes-256-gcm", material, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.concat([blob.subarray(0, HEADER_BYTES), canonical(context)]));
  decipher.setAuthTag(blob.subarray(ivEnd, tagEnd));
  try {
    return Buffer.concat([decipher.update(blob.subarray(tagEnd)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** The same bytes whatever the order in which the pairs were written. */
function canonical(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify(pairs));
}
