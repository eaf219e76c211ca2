import { checkReadConditions } from "../conditions.ts";
import { keptHeaders } from "../kept-headers.ts";
import type { S3Answer, S3Call } from "../request.ts";
import { s3Error } from "../s3-error.ts";
import { toXml } from "../xml.ts";

export function copyObject(call: S3Call): S3Answer {
  const { store, bucket, key, headers, now } = call;
  store.requireBucket(bucket);
  const source = readSource(headers["x-amz-copy-source"] ?? "");
  const object = store.requireBucket(source.bucket).objects.get(source.key);
  if (!object) throw s3Error("NoSuchKey");
  checkReadConditions(sourceConditions(headers), object);
  const replaces = headers["x-amz-metadata-directive"] === "REPLACE";
  if (!replaces && source.bucket === bucket && source.key === key) {
    throw s3Error("InvalidRequest", "A copy onto itself has to change the metadata");
  }
  const blobs = store.copyBlobs(object.blobs);
  store.putObject(bucket, key, {
    ...object,
    blobs,
    modifiedAt: now,
    headers: replaces ? keptHeaders(headers) : object.headers,
  });
  return {
    xml: toXml("CopyObjectResult", {
      ETag: object.etag,
      LastModified: new Date(now).toISOString(),
    }),
  };
}

function readSource(header: string): { bucket: string; key: string } {
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decodeURIComponent(header)) ?? [];
  if (bucket === undefined || key === undefined) {
    throw s3Error("InvalidArgument", "x-amz-copy-source has to be bucket/key");
  }
  return { bucket, key };
}

function sourceConditions(headers: Record<string, string>): Record<string, string> {
  const prefix = "x-amz-copy-source-";
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
