import { listKeys } from "../list-keys.ts";
import type { S3Answer, S3Call } from "../request.ts";
import { s3Error } from "../s3-error.ts";
import { toXml } from "../xml.ts";

export function listObjectsV2({ store, bucket, query }: S3Call): S3Answer {
  const { objects } = store.requireBucket(bucket);
  const { prefix = "", delimiter = "", "start-after": startAfter = "" } = query;
  const token = query["continuation-token"];
  const asked = Number(query["max-keys"] ?? 1000);
  if (!Number.isInteger(asked) || asked < 0) throw s3Error("InvalidArgument", "max-keys");
  const maxKeys = Math.min(asked, 1000);
  const after = token === undefined ? startAfter : Buffer.from(token, "base64url").toString();
  const page = listKeys(objects.keys(), { prefix, delimiter, after, maxKeys });
  const encode = query["encoding-type"] === "url" ? encodeKey : (text: string) => text;
  return {
    xml: toXml("ListBucketResult", {
      Name: bucket,
      Prefix: encode(prefix),
      Delimiter: delimiter === "" ? undefined : encode(delimiter),
      EncodingType: query["encoding-type"],
      MaxKeys: maxKeys,
      KeyCount: page.keys.length + page.commonPrefixes.length,
      IsTruncated: page.next !== undefined,
      ContinuationToken: token,
      NextContinuationToken:
        page.next === undefined ? undefined : Buffer.from(page.next).toString("base64url"),
      StartAfter: startAfter === "" ? undefined : encode(startAfter),
      Contents: page.keys.map((key) => {
        const object = objects.get(key);
        return {
          Key: encode(key),
          LastModified: new Date(object?.modifiedAt ?? 0).toISOString(),
          ETag: object?.etag,
          Size: object?.size,
          StorageClass: "STANDARD",
        };
      }),
      CommonPrefixes: page.commonPrefixes.map((Prefix) => ({ Prefix: encode(Prefix) })),
    }),
  };
}

function encodeKey(text: string): string {
  return encodeURIComponent(text).replaceAll("%2F", "/");
}
