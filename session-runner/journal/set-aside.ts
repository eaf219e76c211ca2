import type { S3Client } from "@aws-sdk/client-s3";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { DataKey } from "./data-key.ts";
import { seal } from "./entry-codec.ts";
import { toChange } from "./fold.ts";
import type { Journal } from "./journal.ts";

/**
 * Keeps a copy of the state outside the journal, with its own wrapped key, before it is erased:
 * when WhatsApp logged the device out, an operator may still want to look.
 */
export async function setAside(
  store: { s3: S3Client; bucket: string },
  sessionId: string,
  journal: Journal,
  key: DataKey,
): Promise<void> {
  const { seq } = journal.position;
  const bytes = seal(toChange(journal.fold), key.plaintext, `aside ${sessionId} ${seq}`);
  await store.s3.send(
    new PutObjectCommand({
      Bucket: store.bucket,
      Key: `aside/${sessionId}/${seq}`,
      Body: bytes,
      Metadata: { wrappedkey: Buffer.from(key.wrapped).toString("base64") },
    }),
  );
}
