import { readBody } from "#local/stand-in/read-body.ts";
import type { S3Answer, S3Call } from "../request.ts";
import { s3Error } from "../s3-error.ts";
import { elements, fromXml, toXml } from "../xml.ts";

export function deleteObject({ store, bucket, key }: S3Call): S3Answer {
  store.deleteObject(bucket, key);
  return { status: 204 };
}

export async function deleteObjects(call: S3Call): Promise<S3Answer> {
  call.store.requireBucket(call.bucket);
  const request = fromXml((await readBody(call.body)).toString(), "Delete");
  const keys = elements(request["Object"]).map((object) => String(object["Key"]));
  if (keys.length === 0 || keys.length > 1000) throw s3Error("MalformedXML");
  for (const key of keys) call.store.deleteObject(call.bucket, key);
  const isQuiet = String(request["Quiet"]) === "true";
  const Deleted = isQuiet ? [] : keys.map((Key) => ({ Key }));
  return { xml: toXml("DeleteResult", { Deleted }) };
}
