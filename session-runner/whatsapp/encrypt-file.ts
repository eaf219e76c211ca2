import { createCipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { getMediaKeys } from "./baileys.ts";
import type { FileKind } from "#shared/contracts/message-limits.ts";

/** What the readers of an encrypted file need. */
export type FileSecrets = {
  mediaKey: Buffer;
  fileSha256: Buffer;
  fileEncSha256: Buffer;
  fileLength: number;
};

export const macLength = 10;

/** Writes the file as WhatsApp's media host keeps it. No more than a chunk is in memory at a time. */
export async function encryptFile(
  chunks: AsyncIterable<Uint8Array>,
  kind: FileKind,
  path: string,
): Promise<FileSecrets> {
  const mediaKey = randomBytes(32);
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, kind);
  const cipher = createCipheriv("aes-256-cbc", cipherKey, iv);
  const mac = createHmac("sha256", macKey ?? Buffer.alloc(0)).update(iv);
  const plain = createHash("sha256");
  const sealed = createHash("sha256");
  let fileLength = 0;

  async function* encrypted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      fileLength += chunk.length;
      plain.update(chunk);
      yield* step(cipher.update(chunk));
    }
    yield* step(cipher.final());
    const tag = mac.digest().subarray(0, macLength);
    sealed.update(tag);
    yield tag;
  }

  function* step(bytes: Buffer): Generator<Buffer> {
    if (bytes.length === 0) return;
    mac.update(bytes);
    sealed.update(bytes);
    yield bytes;
  }

  await pipeline(encrypted, createWriteStream(path, { mode: 0o600 }));
  const hashes = { fileSha256: plain.digest(), fileEncSha256: sealed.digest() };
  return { mediaKey, ...hashes, fileLength };
}
