import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { mediaKey } from "#shared/resources/media-key.ts";

/** `size` is undefined when the file's server does not say. */
export type StoredFile = { stream: Readable; size: number | undefined; mimetype: string };

/** The files of messages in S3, in and out as streams. */
export type MediaStore = {
  /** Undefined when there is none. Whoever opens a file reads or destroys its stream. */
  open(accountId: string, mediaId: string): Promise<StoredFile | undefined>;
  put(accountId: string, mediaId: string, file: FileToKeep): Promise<void>;
};

/** S3 keeps 2 KB of such headers in all. */
const nameLimit = 1_800;

export type FileToKeep = {
  path: string;
  size: number;
  mimetype: string;
  sha256: string;
  fileName?: string | undefined;
};

export function createMediaStore(s3: S3Client, bucket: string): MediaStore {
  return {
    async open(accountId, mediaId) {
      try {
        const Key = mediaKey(accountId, mediaId);
        const found = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        if (!(found.Body instanceof Readable)) throw new TypeError("S3 gave no stream");
        const mimetype = found.ContentType ?? "application/octet-stream";
        return { stream: found.Body, size: found.ContentLength ?? 0, mimetype };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async put(accountId, mediaId, { path, size, mimetype, sha256, fileName }) {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: mediaKey(accountId, mediaId),
          Body: createReadStream(path),
          ContentLength: size,
          ContentType: mimetype,
          Metadata: {
            sha256,
            ...(fileName !== undefined && { "file-name": toHeader(fileName) }),
          },
        }),
      );
    },
  };
}

/** Headers are ASCII: a long name is cut, between two characters. */
function toHeader(fileName: string): string {
  let header = "";
  for (const character of fileName.toWellFormed()) {
    const next = header + encodeURIComponent(character);
    if (next.length > nameLimit) break;
    header = next;
  }
  return header;
}
