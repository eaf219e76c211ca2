import type { ReEncryptCommandInput } from "@aws-sdk/client-kms";
import type { BlobJson } from "../blob-json.ts";
import { openBlob } from "../open-blob.ts";
import { requireKey, toKeyArn } from "../require-key.ts";
import { seal } from "../seal.ts";
import type { Vault } from "../vault.ts";

export function reEncrypt(vault: Vault, input: BlobJson<ReEncryptCommandInput>): object {
  const { key: source, plaintext } = openBlob(vault, {
    blob: input.CiphertextBlob,
    keyId: input.SourceKeyId,
    context: input.SourceEncryptionContext,
  });
  const key = requireKey(vault, input.DestinationKeyId);
  const blob = seal(key, plaintext, input.DestinationEncryptionContext ?? {});
  return {
    CiphertextBlob: blob.toString("base64"),
    SourceKeyId: toKeyArn(source.id),
    KeyId: toKeyArn(key.id),
    SourceEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
    DestinationEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
}
