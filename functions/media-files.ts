import {
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { mediaKey } from "#shared/resources/media-key.ts";
import { createRemoveFile } from "./remove-file.ts";

const linkSeconds = 15 * 60;

export type FoundFile = {
  size: number;
  mimetype: string;
  sha256: string | undefined;
  fileName: string | undefined;
  createdAt: Date;
};

export type Link = { url: string; headers: Record<string, string>; expiresAt: Date };

/** The files of messages, of which a Lambda sees no more than that they are there. */
export type MediaFiles = {
  find(accountId: string, mediaId: string): Promise<FoundFile | undefined>;
  put(accountId: string, mediaId: string, bytes: Uint8Array, mimetype: string): Promise<void>;
  remove: (accountId: string, mediaId: string) => Promise<void>;
  /** For exactly a file of this type and size. */
  uploadLink(
    accountId: string,
    mediaId: string,
    file: { mimetype: string; size: number },
  ): Promise<Link>;
  downloadLink(accountId: string, mediaId: string): Promise<Link>;
};

export function createMediaFiles(
  clients: { s3: S3Client; links: S3Client },
  bucket: string,
  now: () => number,
): MediaFiles {
  const place = (accountId: string, mediaId: string) => ({
    Bucket: bucket,
    Key: mediaKey(accountId, mediaId),
  });
  const expiry = { expiresIn: linkSeconds };
  const expiresAt = () => new Date(now() + linkSeconds * 1_000);

  return {
    async find(accountId, mediaId) {
      try {
        const found = await clients.s3.send(new HeadObjectCommand(place(accountId, mediaId)));
        const { sha256, "file-name": fileName } = found.Metadata ?? {};
        return {
          size: found.ContentLength ?? 0,
          mimetype: found.ContentType ?? "application/octet-stream",
          sha256,
          fileName: fileName === undefined ? undefined : decodeURIComponent(fileName),
          createdAt: found.LastModified ?? new Date(now()),
        };
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },
    async put(accountId, mediaId, bytes, mimetype) {
      const file = { Body: bytes, ContentType: mimetype };
      await clients.s3.send(new PutObjectCommand({ ...place(accountId, mediaId), ...file }));
    },
    remove: createRemoveFile(clients.s3, bucket),
    async uploadLink(accountId, mediaId, { mimetype, size }) {
      const file = { ContentType: mimetype, ContentLength: size };
      const command = new PutObjectCommand({ ...place(accountId, mediaId), ...file });
      // Signed, so that the link takes nothing else.
      const signableHeaders = new Set(["host", "content-type", "content-length"]);
      const url = await getSignedUrl(clients.links, command, { ...expiry, signableHeaders });
      return { url, headers: { "content-type": mimetype }, expiresAt: expiresAt() };
    },
    async downloadLink(accountId, mediaId) {
      const command = new GetObjectCommand(place(accountId, mediaId));
      const url = await getSignedUrl(clients.links, command, expiry);
      return { url, headers: {}, expiresAt: expiresAt() };
    },
  };
}
