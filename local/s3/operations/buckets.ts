import type { S3Answer, S3Call } from "../request.ts";
import { s3Error } from "../s3-error.ts";
import { toXml } from "../xml.ts";

export function listBuckets({ store }: S3Call): S3Answer {
  const names = [...store.buckets.keys()].toSorted();
  const Bucket = names.map((Name) => ({
    Name,
    CreationDate: new Date(store.buckets.get(Name)?.createdAt ?? 0).toISOString(),
  }));
  return { xml: toXml("ListAllMyBucketsResult", { Buckets: { Bucket } }) };
}

export function createBucket({ store, bucket, now }: S3Call): S3Answer {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw s3Error("InvalidBucketName");
  if (store.buckets.has(bucket)) throw s3Error("BucketAlreadyOwnedByYou");
  store.createBucket(bucket, now);
  return { headers: { location: `/${bucket}` } };
}

export function headBucket({ store, bucket }: S3Call): S3Answer {
  store.requireBucket(bucket);
  return { headers: { "x-amz-bucket-region": "us-east-1" } };
}

export function deleteBucket({ store, bucket }: S3Call): S3Answer {
  if (store.requireBucket(bucket).objects.size > 0) throw s3Error("BucketNotEmpty");
  store.deleteBucket(bucket);
  return { status: 204 };
}
