import type { EncryptCommandInput } from "@aws-sdk/client-kms";
import type { BlobJson } from "../blob-json.ts";
import { kmsError } from "../kms-error.ts";
import { requireKey, toKeyArn } from "../require-key.ts";
import { seal } from "../seal.ts";
import type { Vault } from "../vault.ts";

const MAX_PLAINTEXT_BYTES = 4096;

export function encrypt(vault: Vault, input: BlobJson<EncryptCommandInput>): object {
  const plaintext = Buffer.from(input.Plaintext ?? "", "base64");
  if (plaintext.length < 1 || plaintext.length > MAX_PLAINTEXT_BYTES) {
    throw kmsError(
      "ValidationException",
      `Plaintext must be 1 to ${MAX_PLAINTEXT_BYTES} bytes, not ${plaintext.length}. Encrypt more with a data key.`,
    );
  }
  const key = requireKey(vault, input.KeyId);
  return {
    CiphertextBlob: seal(key, plaintext, input.EncryptionContext ?? {}).toString("base64"),
    KeyId: toKeyArn(key.id),
    EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
}
