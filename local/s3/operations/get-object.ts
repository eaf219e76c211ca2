import { type ByteRange, parseByteRange } from "../byte-range.ts";
import { checkReadConditions } from "../conditions.ts";
import { openContent } from "../open-content.ts";
import type { S3Answer, S3Call } from "../request.ts";
import { s3Error } from "../s3-error.ts";
import type { ObjectRecord } from "../store.ts";

export function headObject(call: S3Call): S3Answer {
  return describe(call, requireObject(call)).answer;
}

export function getObject(call: S3Call): S3Answer {
  const object = requireObject(call);
  const { answer, range } = describe(call, object);
  return { ...answer, content: openContent(call.store.blobFolder, object.blobs, range) };
}

function requireObject(call: S3Call): ObjectRecord {
  const object = call.store.requireBucket(call.bucket).objects.get(call.key);
  if (!object) throw s3Error("NoSuchKey");
  return object;
}

function describe(call: S3Call, object: ObjectRecord): { answer: S3Answer; range: ByteRange } {
  checkReadConditions(call.headers, object);
  const range = parseByteRange(call.headers["range"], object.size);
  if (range === "unsatisfiable") throw s3Error("InvalidRange");
  const isPart = range !== "whole";
  const { start, end } = isPart ? range : { start: 0, end: object.size };
  const wantsChecksums = call.headers["x-amz-checksum-mode"]?.toUpperCase() === "ENABLED";
  const answer: S3Answer = {
    status: isPart ? 206 : 200,
    headers: {
      ...object.headers,
      ...overrides(call.query),
      etag: object.etag,
      "accept-ranges": "bytes",
      "last-modified": new Date(object.modifiedAt).toUTCString(),
      "content-length": String(end - start),
      ...(isPart && { "content-range": `bytes ${start}-${end - 1}/${object.size}` }),
      ...(wantsChecksums && !isPart && object.checksums),
    },
  };
  return { answer, range: { start, end } };
}

/** A presigned URL may set how a browser is to treat the file. */
function overrides(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([name]) => /^response-(cache|content|expires)/.test(name))
      .map(([name, value]) => [name.slice("response-".length), value]),
  );
}
