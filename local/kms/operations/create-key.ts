import type { CreateKeyCommandInput } from "@aws-sdk/client-kms";
import { kmsError } from "../kms-error.ts";
import { toMetadata } from "../to-metadata.ts";
import type { Vault } from "../vault.ts";

export function createKey(vault: Vault, input: CreateKeyCommandInput): object {
  const { KeySpec = "SYMMETRIC_DEFAULT", KeyUsage = "ENCRYPT_DECRYPT" } = input;
  if (KeySpec !== "SYMMETRIC_DEFAULT" || KeyUsage !== "ENCRYPT_DECRYPT") {
    throw kmsError(
      "ValidationException",
      `The local KMS has symmetric encryption keys only, not ${KeySpec} for ${KeyUsage}.`,
    );
  }
  const key = vault.keys.createKey(vault.newId(), input.Description ?? "", vault.now());
  return { KeyMetadata: toMetadata(key) };
}
