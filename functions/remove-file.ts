import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { mediaKey } from "#shared/resources/media-key.ts";

/** Removes a message's file; one that is not there is no failure. */
export function createRemoveFile(s3: S3Client, bucket: string) {
  return async (accountId: string, mediaId: string): Promise<void> => {
    const Key = mediaKey(accountId, mediaId);
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  };
}
