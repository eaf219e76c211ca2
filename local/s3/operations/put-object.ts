import { checkWriteConditions } from "../conditions.ts";
import { keptHeaders } from "../kept-headers.ts";
import { receiveBody } from "../receive-body.ts";
import type { S3Answer, S3Call } from "../request.ts";
import { s3Error } from "../s3-error.ts";

export async function putObject(call: S3Call): Promise<S3Answer> {
  const { store, bucket, key, headers } = call;
  if (Buffer.byteLength(key) > 1024) throw s3Error("KeyTooLongError");
  checkWriteConditions(headers, store.requireBucket(bucket).objects.get(key));
  const { blob, md5, checksums } = await receiveBody(call.body, headers, store.blobFolder);
  const etag = `"${md5}"`;
  try {
    // Another writer may have been faster while the body came in.
    checkWriteConditions(headers, store.requireBucket(bucket).objects.get(key));
    store.putObject(bucket, key, {
      blobs: [blob],
      size: blob.size,
      etag,
      modifiedAt: call.now,
      headers: keptHeaders(headers),
      checksums,
    });
  } catch (error) {
    store.dropBlobs([blob]);
    throw error;
  }
  return { headers: { etag, ...checksums } };
}
