import type { DecryptCommandInput } from "@aws-sdk/client-kms";
import type { BlobJson } from "../blob-json.ts";
import { openBlob } from "../open-blob.ts";
import { toKeyArn } from "../require-key.ts";
import type { Vault } from "../vault.ts";

export function decrypt(vault: Vault, input: BlobJson<DecryptCommandInput>): object {
  const { key, plaintext } = openBlob(vault, {
    blob: input.CiphertextBlob,
    keyId: input.KeyId,
    context: input.EncryptionContext,
  });
  return {
    Plaintext: plaintext.toString("base64"),
    KeyId: toKeyArn(key.id),
    EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
}
