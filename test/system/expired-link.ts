import { randomBytes } from "node:crypto";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import type { Kinds } from "./start-kinds.ts";

/** To a file that is there, signed three hours ago for a quarter of an hour. */
export async function expiredLink(kinds: Kinds): Promise<string> {
  const mediaId = await kinds.upload(randomBytes(100), "image/jpeg");
  const link = await kinds.call.get(`/v1/media/${mediaId}`);
  const { origin: endpoint, pathname } = new URL(String(link.body["downloadUrl"]));
  const [, Bucket, ...key] = pathname.split("/");
  const s3 = new S3Client({
    endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    forcePathStyle: true,
  });
  const Key = key.join("/");
  const signingDate = new Date(Date.now() - 3 * 3_600_000);
  return getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }), { expiresIn: 900, signingDate });
}
