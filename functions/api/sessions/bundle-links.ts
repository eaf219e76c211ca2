import {
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { bundleKey } from "#shared/resources/bundle-key.ts";

export const linkSeconds = 15 * 60;

/** The Lambda's whole share in a bundle: whether it is there, and links to it. */
export type BundleLinks = {
  exists(accountId: string, bundleId: string): Promise<boolean>;
  downloadUrl(accountId: string, bundleId: string): Promise<string>;
  uploadUrl(accountId: string, bundleId: string): Promise<string>;
};

export function createBundleLinks(s3: S3Client, bucket: string): BundleLinks {
  const place = (accountId: string, bundleId: string) => ({
    Bucket: bucket,
    Key: bundleKey(accountId, bundleId),
  });
  const expiry = { expiresIn: linkSeconds };
  return {
    async exists(accountId, bundleId) {
      try {
        await s3.send(new HeadObjectCommand(place(accountId, bundleId)));
        return true;
      } catch (error) {
        if (error instanceof NotFound) return false;
        throw error;
      }
    },
    downloadUrl: (accountId, bundleId) =>
      getSignedUrl(s3, new GetObjectCommand(place(accountId, bundleId)), expiry),
    uploadUrl: (accountId, bundleId) =>
      getSignedUrl(s3, new PutObjectCommand(place(accountId, bundleId)), expiry),
  };
}
