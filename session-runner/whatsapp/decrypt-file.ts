import { createDecipheriv, createHash, createHmac } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { getMediaKeys } from "./baileys.ts";
import type { FileKind } from "#shared/contracts/message-limits.ts";
import { macLength } from "./encrypt-file.ts";

export type ExpectedFile = { mediaKey: Buffer; fileSha256: Buffer; fileEncSha256: Buffer };

/** The bytes are not those that the message speaks of. */
export class DamagedFileError extends Error {
  override name = "DamagedFileError";
}

/**
 * Writes the file that WhatsApp's media host keeps encrypted; gives its size.
 * @throws {DamagedFileError} unless both hashes and the MAC are right: the file at `path` is then worthless
 */
export async function decryptFile(
  chunks: AsyncIterable<Uint8Array>,
  kind: FileKind,
  expected: ExpectedFile,
  path: string,
): Promise<number> {
  const { iv, cipherKey, macKey } = await getMediaKeys(expected.mediaKey, kind);
  const decipher = createDecipheriv("aes-256-cbc", cipherKey, iv);
  const mac = createHmac("sha256", macKey ?? Buffer.alloc(0)).update(iv);
  const plain = createHash("sha256");
  const sealed = createHash("sha256");
  let size = 0;
  let kept = Buffer.alloc(0);

  async function* decrypted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      sealed.update(chunk);
      const bytes = Buffer.concat([kept, chunk]);
      // The last bytes of all are the MAC.
      const end = Math.max(0, bytes.length - macLength);
      kept = bytes.subarray(end);
      mac.update(bytes.subarray(0, end));
      yield* step(decipher.update(bytes.subarray(0, end)));
    }
    yield* step(finish());
  }

  function* step(bytes: Buffer): Generator<Buffer> {
    if (bytes.length === 0) return;
    size += bytes.length;
    plain.update(bytes);
    yield bytes;
  }

  function finish(): Buffer {
    requireSame(sealed.digest(), expected.fileEncSha256, "hash");
    requireSame(kept, mac.digest().subarray(0, macLength), "MAC");
    try {
      return decipher.final();
    } catch {
      throw new DamagedFileError("the file's padding is wrong");
    }
  }

  await pipeline(decrypted, createWriteStream(path, { mode: 0o600 }));
  requireSame(plain.digest(), expected.fileSha256, "plaintext hash");
  return size;
}

function requireSame(actual: Buffer, expected: Buffer, what: string): void {
  if (!actual.equals(expected)) throw new DamagedFileError(`the file's ${what} is wrong`);
}
