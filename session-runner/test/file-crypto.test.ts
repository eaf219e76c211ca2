import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { withTempFile } from "../media/temp-file.ts";
import { decryptFile } from "../whatsapp/decrypt-file.ts";
import { encryptFile } from "../whatsapp/encrypt-file.ts";

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test.for([1, 15, 16, 17, 4_096, 100_003])("a file of %i bytes is the same again", async (size) => {
  const bytes = randomBytes(size);
  await withTempFile(async (sealed) => {
    const secrets = await encryptFile(inPieces(bytes, 7_001), "image", sealed);
    expect(secrets.fileSha256).toEqual(createHash("sha256").update(bytes).digest());
    const blob = await readFile(sealed);
    expect(secrets.fileEncSha256).toEqual(createHash("sha256").update(blob).digest());
    await withTempFile(async (opened) => {
      expect(await decryptFile(inPieces(blob, 5), "image", secrets, opened)).toBe(size);
      expect(await readFile(opened)).toEqual(bytes);
    });
  });
});

test.for(["cut short", "changed", "of another key"])(
  "a file that is %s is refused",
  async (how) => {
    await withTempFile(async (sealed) => {
      const secrets = await encryptFile(inPieces(randomBytes(1_000), 100), "video", sealed);
      const blob = await readFile(sealed);
      if (how === "changed") blob[20] = (blob[20] ?? 0) ^ 1;
      const served = how === "cut short" ? blob.subarray(0, 990) : blob;
      const expected =
        how === "of another key" ? { ...secrets, mediaKey: randomBytes(32) } : secrets;
      await withTempFile(async (opened) => {
        await expect(
          decryptFile(inPieces(served, 64), "video", expected, opened),
        ).rejects.toThrow();
      });
    });
  },
);
