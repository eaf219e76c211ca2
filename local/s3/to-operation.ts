import { s3Error } from "./s3-error.ts";

export type S3Operation =
  | "AbortMultipartUpload"
  | "CompleteMultipartUpload"
  | "CopyObject"
  | "CreateBucket"
  | "CreateMultipartUpload"
  | "DeleteBucket"
  | "DeleteObject"
  | "DeleteObjects"
  | "GetObject"
  | "HeadBucket"
  | "HeadObject"
  | "ListBuckets"
  | "ListMultipartUploads"
  | "ListObjectsV2"
  | "ListParts"
  | "PutObject"
  | "UploadPart";

/** Parts of S3 that the stand-in would otherwise mistake for a plain request. */
const unsupported = [
  "accelerate",
  "acl",
  "attributes",
  "cors",
  "encryption",
  "legal-hold",
  "lifecycle",
  "location",
  "object-lock",
  "policy",
  "restore",
  "retention",
  "select",
  "tagging",
  "torrent",
  "versionId",
  "versioning",
  "versions",
  "website",
];

/** Which operation a request is. */
export function toOperation(request: {
  method: string;
  bucket: string;
  key: string;
  query: Record<string, string>;
  headers: Record<string, string>;
}): S3Operation {
  const { method, bucket, key, query } = request;
  const has = (name: string) => query[name] !== undefined;
  const other = unsupported.find(has);
  if (other !== undefined) throw s3Error("NotImplemented", `The local S3 does not have ?${other}`);
  const found = key === "" ? ofBucket(method, bucket, has) : ofObject(method, has, request.headers);
  if (!found) throw s3Error("MethodNotAllowed");
  return found;
}

function ofBucket(
  method: string,
  bucket: string,
  has: (name: string) => boolean,
): S3Operation | undefined {
  if (bucket === "") return method === "GET" ? "ListBuckets" : undefined;
  if (method === "GET" && has("uploads")) return "ListMultipartUploads";
  if (method === "GET" && !has("list-type")) {
    throw s3Error("NotImplemented", "The local S3 lists with ListObjectsV2 only");
  }
  if (method === "POST") return has("delete") ? "DeleteObjects" : undefined;
  const table: Record<string, S3Operation> = {
    GET: "ListObjectsV2",
    PUT: "CreateBucket",
    HEAD: "HeadBucket",
    DELETE: "DeleteBucket",
  };
  return table[method];
}

function ofObject(
  method: string,
  has: (name: string) => boolean,
  headers: Record<string, string>,
): S3Operation | undefined {
  const isCopy = headers["x-amz-copy-source"] !== undefined;
  if (has("uploadId")) {
    if (method === "PUT" && isCopy) {
      throw s3Error("NotImplemented", "The local S3 does not have UploadPartCopy");
    }
    const table: Record<string, S3Operation> = {
      PUT: "UploadPart",
      POST: "CompleteMultipartUpload",
      DELETE: "AbortMultipartUpload",
      GET: "ListParts",
    };
    return table[method];
  }
  if (method === "POST") return has("uploads") ? "CreateMultipartUpload" : undefined;
  const table: Record<string, S3Operation> = {
    PUT: isCopy ? "CopyObject" : "PutObject",
    GET: "GetObject",
    HEAD: "HeadObject",
    DELETE: "DeleteObject",
  };
  return table[method];
}
