import type { FileContent } from "#shared/contracts/message-content.ts";
import type { Upload } from "#shared/items/message-item.ts";
import { encryptFile } from "./encrypt-file.ts";
import type { MediaHost } from "./media-host.ts";

export type FileToUpload = {
  content: FileContent;
  chunks: AsyncIterable<Uint8Array>;
  mimetype: string;
  /** Where the encrypted file may lie while it is worked on. */
  path: string;
};

/** Encrypts a file and gives it to WhatsApp. */
export type UploadFile = (file: FileToUpload) => Promise<Upload>;

export function createUploadFile(host: MediaHost, now: () => number = Date.now): UploadFile {
  return async ({ content, chunks, mimetype, path }) => {
    const secrets = await encryptFile(chunks, content.type, path);
    const link = await host.upload(content.type, path, secrets.fileEncSha256);
    return {
      ...link,
      mediaKey: secrets.mediaKey.toString("base64"),
      fileSha256: secrets.fileSha256.toString("base64"),
      fileEncSha256: secrets.fileEncSha256.toString("base64"),
      fileLength: secrets.fileLength,
      mimetype,
      uploadedAt: Math.floor(now() / 1_000),
    };
  };
}
