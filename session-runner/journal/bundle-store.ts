import { Readable } from "node:stream";
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import { bundleKey } from "#shared/resources/bundle-key.ts";
import type { BundleIds } from "./bundle.ts";

/** Far above any session's state; whoever holds an upload link could send more. */
const maxBytes = 32 * 1024 * 1024;

export type BundleStore = {
  put(ids: BundleIds, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is none, or one that is no bundle by its size alone. */
  find(ids: BundleIds): Promise<Uint8Array | undefined>;
};

export function createBundleStore(s3: S3Client, bucket: string): BundleStore {
  return {
    async put({ accountId, bundleId }, bytes) {
      const Key = bundleKey(accountId, bundleId);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: bytes }));
    },
    async find({ accountId, bundleId }) {
      try {
        const Key = bundleKey(accountId, bundleId);
        const found = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        if ((found.ContentLength ?? 0) <= maxBytes) return await found.Body?.transformToByteArray();
        if (found.Body instanceof Readable) found.Body.destroy();
        return undefined;
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
