// Answers that are kept for a repeated request may hold what is shown only once, such as a new API
// key: at rest they are sealed, under a key that needs the token secret and the record's own key.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

const answerSchema = z.object({ status: z.int(), body: z.unknown() });

export type StoredAnswer = z.infer<typeof answerSchema>;

export function sealAnswer(secret: Uint8Array, recordId: string, answer: StoredAnswer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, deriveKey(secret, recordId), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(answer)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

export function openAnswer(secret: Uint8Array, recordId: string, sealed: Uint8Array): StoredAnswer {
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, deriveKey(secret, recordId), nonce);
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const opened = [decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()];
  return answerSchema.parse(JSON.parse(Buffer.concat(opened).toString()));
}

function deriveKey(secret: Uint8Array, recordId: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, recordId, "wafleet idempotent answer", 32));
}
