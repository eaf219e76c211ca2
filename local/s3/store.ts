import { randomUUID } from "node:crypto";
import { linkSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openChangeLog } from "#local/stand-in/change-log.ts";
import type { Blob } from "./receive-body.ts";
import { s3Error } from "./s3-error.ts";

export type ObjectRecord = {
  /** An object's content is the files in this order: completing an upload copies nothing. */
  blobs: Blob[];
  size: number;
  etag: string;
  modifiedAt: number;
  /** Headers to answer with: content-type, cache-control, x-amz-meta-…. */
  headers: Record<string, string>;
  checksums: Record<string, string>;
};

export type Part = { blob: Blob; md5: string; modifiedAt: number };

export type Upload = {
  bucket: string;
  key: string;
  startedAt: number;
  headers: Record<string, string>;
  parts: Record<string, Part>;
};

type Bucket = { createdAt: number; objects: Map<string, ObjectRecord> };

/** Buckets, objects and unfinished uploads. Content lies in files of random name, never of the key's. */
export type Store = {
  blobFolder: string;
  buckets: Map<string, Bucket>;
  uploads: Map<string, Upload>;
  requireBucket(name: string): Bucket;
  createBucket(name: string, now: number): void;
  deleteBucket(name: string): void;
  /** Replaces an object in one step; readers of the former one finish undisturbed. */
  putObject(bucket: string, key: string, object: ObjectRecord): void;
  deleteObject(bucket: string, key: string): void;
  putUpload(id: string, upload: Upload): void;
  /** `keep` are the files that an object has taken over. */
  deleteUpload(id: string, keep?: Blob[]): void;
  copyBlobs(blobs: Blob[]): Blob[];
  dropBlobs(blobs: Blob[]): void;
  close(): Promise<void>;
};

/** Opens the store in the folder, or in a temporary one that goes away with it. */
export async function openStore(dataDir?: string): Promise<Store> {
  const folder = dataDir ? join(dataDir, "s3") : await mkdtemp(join(tmpdir(), "wafleet-s3-"));
  const blobFolder = join(folder, "blobs");
  await mkdir(blobFolder, { recursive: true });
  const log = openChangeLog(dataDir && join(folder, "index.log"));
  const buckets = new Map<string, Bucket>();
  const uploads = new Map<string, Upload>();
  load(log.loaded, buckets, uploads);
  await sweep(blobFolder, buckets, uploads);
  const removals = new Set<Promise<void>>();

  const store: Store = {
    blobFolder,
    buckets,
    uploads,
    requireBucket(name) {
      const bucket = buckets.get(name);
      if (!bucket) throw s3Error("NoSuchBucket");
      return bucket;
    },
    createBucket(name, now) {
      log.commit([[recordKey("bucket", name), now]]);
      buckets.set(name, { createdAt: now, objects: new Map() });
    },
    deleteBucket(name) {
      log.commit([[recordKey("bucket", name), undefined]]);
      buckets.delete(name);
    },
    putObject(bucket, key, object) {
      const { objects } = store.requireBucket(bucket);
      const former = objects.get(key);
      log.commit([[recordKey("object", bucket, key), object]]);
      objects.set(key, object);
      if (former) store.dropBlobs(former.blobs);
    },
    deleteObject(bucket, key) {
      const { objects } = store.requireBucket(bucket);
      const former = objects.get(key);
      if (!former) return;
      log.commit([[recordKey("object", bucket, key), undefined]]);
      objects.delete(key);
      store.dropBlobs(former.blobs);
    },
    putUpload(id, upload) {
      log.commit([[recordKey("upload", id), upload]]);
      uploads.set(id, upload);
    },
    deleteUpload(id, keep = []) {
      const upload = uploads.get(id);
      if (!upload) return;
      log.commit([[recordKey("upload", id), undefined]]);
      uploads.delete(id);
      const kept = new Set(keep.map((blob) => blob.id));
      const parts = Object.values(upload.parts).map((part) => part.blob);
      store.dropBlobs(parts.filter((blob) => !kept.has(blob.id)));
    },
    copyBlobs: (blobs) =>
      blobs.map((blob) => {
        // Files never change once they are there, so a second name is as good as a copy.
        const copy = { id: randomUUID(), size: blob.size };
        linkSync(join(blobFolder, blob.id), join(blobFolder, copy.id));
        return copy;
      }),
    dropBlobs(blobs) {
      for (const blob of blobs) {
        const removal = rm(join(blobFolder, blob.id), { force: true });
        removals.add(removal);
        void removal.finally(() => removals.delete(removal));
      }
    },
    async close() {
      await Promise.allSettled(removals);
      log.close();
      if (!dataDir) await rm(folder, { recursive: true, force: true });
    },
  };
  return store;
}

function recordKey(kind: "bucket" | "object" | "upload", ...names: string[]): string {
  return JSON.stringify([kind, ...names]);
}

function load(
  loaded: ReadonlyMap<string, unknown>,
  buckets: Map<string, Bucket>,
  uploads: Map<string, Upload>,
): void {
  for (const [text, value] of loaded) {
    const [kind, name = "", key = ""] = JSON.parse(text) as string[];
    if (kind === "bucket") buckets.set(name, { createdAt: Number(value), objects: new Map() });
    if (kind === "upload") uploads.set(name, value as Upload);
    if (kind === "object") buckets.get(name)?.objects.set(key, value as ObjectRecord);
  }
}

/** A process that was killed leaves files of uploads that were never acknowledged. */
async function sweep(
  blobFolder: string,
  buckets: Map<string, Bucket>,
  uploads: Map<string, Upload>,
): Promise<void> {
  const used = new Set<string>();
  for (const { objects } of buckets.values()) {
    for (const { blobs } of objects.values()) for (const blob of blobs) used.add(blob.id);
  }
  for (const { parts } of uploads.values()) {
    for (const part of Object.values(parts)) used.add(part.blob.id);
  }
  for (const file of await readdir(blobFolder)) {
    if (!used.has(file)) await rm(join(blobFolder, file), { force: true });
  }
}
