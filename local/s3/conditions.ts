import { s3Error } from "./s3-error.ts";
import type { ObjectRecord } from "./store.ts";

type Headers = Record<string, string>;

/** Throws unless a read's conditions hold. */
export function checkReadConditions(headers: Headers, object: ObjectRecord): void {
  // HTTP dates have whole seconds.
  const modified = Math.floor(object.modifiedAt / 1000) * 1000;
  const ifMatch = headers["if-match"];
  const ifNoneMatch = headers["if-none-match"];
  if (ifMatch !== undefined) {
    if (!listsTag(ifMatch, object.etag)) throw s3Error("PreconditionFailed");
  } else if (modified > Date.parse(headers["if-unmodified-since"] ?? "")) {
    throw s3Error("PreconditionFailed");
  }
  if (ifNoneMatch !== undefined) {
    if (listsTag(ifNoneMatch, object.etag)) throw s3Error("NotModified");
  } else if (modified <= Date.parse(headers["if-modified-since"] ?? "")) {
    throw s3Error("NotModified");
  }
}

/** Throws unless a write's conditions hold: `If-None-Match: *` creates, `If-Match` replaces. */
export function checkWriteConditions(headers: Headers, existing: ObjectRecord | undefined): void {
  const ifNoneMatch = headers["if-none-match"];
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*") {
    throw s3Error("NotImplemented", "On writes If-None-Match can only be *");
  }
  if (ifNoneMatch === "*" && existing) throw s3Error("PreconditionFailed");
  const ifMatch = headers["if-match"];
  if (ifMatch === undefined) return;
  if (!existing) throw s3Error("NoSuchKey");
  if (!listsTag(ifMatch, existing.etag)) throw s3Error("PreconditionFailed");
}

function listsTag(header: string, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, "").replaceAll('"', "");
  return header.split(",").some((tag) => bare(tag) === "*" || bare(tag) === bare(etag));
}
