import { createBucket, deleteBucket, headBucket, listBuckets } from "./operations/buckets.ts";
import { completeMultipartUpload } from "./operations/complete-multipart-upload.ts";
import { copyObject } from "./operations/copy-object.ts";
import { deleteObject, deleteObjects } from "./operations/delete-objects.ts";
import { getObject, headObject } from "./operations/get-object.ts";
import { listObjectsV2 } from "./operations/list-objects-v2.ts";
import {
  abortMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from "./operations/multipart-upload.ts";
import { putObject } from "./operations/put-object.ts";
import type { S3Answer, S3Call } from "./request.ts";
import type { S3Operation } from "./to-operation.ts";

const operations: Record<S3Operation, (call: S3Call) => S3Answer | Promise<S3Answer>> = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  GetObject: getObject,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PutObject: putObject,
  UploadPart: uploadPart,
};

export async function answerOperation(operation: S3Operation, call: S3Call): Promise<S3Answer> {
  return operations[operation](call);
}

/** Deleting and aborting are free; everything that is neither is billed as a read or as a write. */
export function billedAs(operation: S3Operation): "put" | "get" | undefined {
  if (/^(Delete(Object|Bucket)|AbortMultipartUpload)$/.test(operation)) return undefined;
  return /^(Get|Head)/.test(operation) ? "get" : "put";
}
