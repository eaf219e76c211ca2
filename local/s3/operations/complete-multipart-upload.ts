import { createHash } from "node:crypto";
import { readBody } from "#local/stand-in/read-body.ts";
import { checkWriteConditions } from "../conditions.ts";
import type { S3Answer, S3Call } from "../request.ts";
import { s3Error } from "../s3-error.ts";
import type { Part, Upload } from "../store.ts";
import { elements, fromXml, toXml } from "../xml.ts";
import { requireUpload } from "./multipart-upload.ts";

const minPartBytes = 5 * 1024 * 1024;

export async function completeMultipartUpload(call: S3Call): Promise<S3Answer> {
  const { store, bucket, key } = call;
  const request = fromXml((await readBody(call.body)).toString(), "CompleteMultipartUpload");
  const upload = requireUpload(call);
  checkWriteConditions(call.headers, store.requireBucket(bucket).objects.get(key));
  const parts = chooseParts(upload, elements(request["Part"]));
  const md5s = Buffer.concat(parts.map((part) => Buffer.from(part.md5, "hex")));
  const etag = `"${createHash("md5").update(md5s).digest("hex")}-${parts.length}"`;
  const blobs = parts.map((part) => part.blob);
  store.putObject(bucket, key, {
    blobs,
    size: blobs.reduce((sum, blob) => sum + blob.size, 0),
    etag,
    modifiedAt: call.now,
    headers: upload.headers,
    checksums: {},
  });
  store.deleteUpload(call.query["uploadId"] ?? "", blobs);
  return {
    xml: toXml("CompleteMultipartUploadResult", {
      Location: `/${bucket}/${key}`,
      Bucket: bucket,
      Key: key,
      ETag: etag,
    }),
  };
}

function chooseParts(upload: Upload, wanted: Record<string, unknown>[]): Part[] {
  if (wanted.length === 0) throw s3Error("MalformedXML");
  const numbers = wanted.map((element) => Number(element["PartNumber"]));
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))) {
    throw s3Error("InvalidPartOrder");
  }
  const parts = wanted.map((element) => {
    const part = upload.parts[Number(element["PartNumber"])];
    const isSame = part && String(element["ETag"]).replaceAll('"', "") === part.md5;
    if (!isSame) throw s3Error("InvalidPart");
    return part;
  });
  if (parts.slice(0, -1).some((part) => part.blob.size < minPartBytes)) {
    throw s3Error("EntityTooSmall");
  }
  return parts;
}
