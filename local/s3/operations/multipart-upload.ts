import { randomUUID } from "node:crypto";
import { keptHeaders } from "../kept-headers.ts";
import { receiveBody } from "../receive-body.ts";
import type { S3Answer, S3Call } from "../request.ts";
import { s3Error } from "../s3-error.ts";
import type { Upload } from "../store.ts";
import { toXml } from "../xml.ts";

export function createMultipartUpload({ store, bucket, key, headers, now }: S3Call): S3Answer {
  store.requireBucket(bucket);
  const UploadId = randomUUID();
  store.putUpload(UploadId, {
    bucket,
    key,
    startedAt: now,
    headers: keptHeaders(headers),
    parts: {},
  });
  return {
    xml: toXml("InitiateMultipartUploadResult", { Bucket: bucket, Key: key, UploadId }),
  };
}

export async function uploadPart(call: S3Call): Promise<S3Answer> {
  const { store, headers, now } = call;
  const number = Number(call.query["partNumber"]);
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw s3Error("InvalidArgument", "Part number must be an integer between 1 and 10000");
  }
  requireUpload(call);
  const { blob, md5, checksums } = await receiveBody(call.body, headers, store.blobFolder);
  const upload = store.uploads.get(call.query["uploadId"] ?? "");
  if (!upload) {
    store.dropBlobs([blob]);
    throw s3Error("NoSuchUpload");
  }
  const former = upload.parts[number];
  const parts = { ...upload.parts, [number]: { blob, md5, modifiedAt: now } };
  store.putUpload(call.query["uploadId"] ?? "", { ...upload, parts });
  if (former) store.dropBlobs([former.blob]);
  return { headers: { etag: `"${md5}"`, ...checksums } };
}

export function abortMultipartUpload(call: S3Call): S3Answer {
  requireUpload(call);
  call.store.deleteUpload(call.query["uploadId"] ?? "");
  return { status: 204 };
}

export function listParts(call: S3Call): S3Answer {
  const upload = requireUpload(call);
  return {
    xml: toXml("ListPartsResult", {
      Bucket: call.bucket,
      Key: call.key,
      UploadId: call.query["uploadId"],
      IsTruncated: false,
      Part: Object.entries(upload.parts).map(([PartNumber, part]) => ({
        PartNumber,
        ETag: `"${part.md5}"`,
        Size: part.blob.size,
        LastModified: new Date(part.modifiedAt).toISOString(),
      })),
    }),
  };
}

export function listMultipartUploads({ store, bucket, query }: S3Call): S3Answer {
  store.requireBucket(bucket);
  const { prefix = "" } = query;
  const uploads = [...store.uploads].filter(
    ([, upload]) => upload.bucket === bucket && upload.key.startsWith(prefix),
  );
  return {
    xml: toXml("ListMultipartUploadsResult", {
      Bucket: bucket,
      IsTruncated: false,
      Upload: uploads.map(([UploadId, upload]) => ({
        Key: upload.key,
        UploadId,
        Initiated: new Date(upload.startedAt).toISOString(),
      })),
    }),
  };
}

/** The upload that a request names, which has to be of the same bucket and key. */
export function requireUpload({ store, bucket, key, query }: S3Call): Upload {
  store.requireBucket(bucket);
  const upload = store.uploads.get(query["uploadId"] ?? "");
  if (!upload || upload.bucket !== bucket || upload.key !== key) throw s3Error("NoSuchUpload");
  return upload;
}
