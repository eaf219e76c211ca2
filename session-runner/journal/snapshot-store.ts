import type { S3Client } from "@aws-sdk/client-s3";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
} from "@aws-sdk/client-s3";

export type SnapshotStore = {
  put(sessionId: string, seq: number, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is no such object. */
  find(sessionId: string, seq: number): Promise<Uint8Array | undefined>;
  /** Removes the session's snapshots older than this one. A newer one may be another owner's. */
  removeOlder(sessionId: string, keep: number): Promise<void>;
};

export function createSnapshotStore(s3: S3Client, bucket: string): SnapshotStore {
  const prefix = (sessionId: string) => `journal/${sessionId}/`;
  const objectKey = (sessionId: string, seq: number) =>
    prefix(sessionId) + String(seq).padStart(12, "0");
  return {
    async put(sessionId, seq, bytes) {
      await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: objectKey(sessionId, seq), Body: bytes }),
      );
    },
    async find(sessionId, seq) {
      try {
        const { Body } = await s3.send(
          new GetObjectCommand({ Bucket: bucket, Key: objectKey(sessionId, seq) }),
        );
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async removeOlder(sessionId, keep) {
      const kept = objectKey(sessionId, keep);
      const { Contents = [] } = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix(sessionId) }),
      );
      const doomed = Contents.flatMap(({ Key }) => (Key && Key < kept ? [{ Key }] : []));
      if (doomed.length === 0) return;
      await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: doomed } }));
    },
  };
}
