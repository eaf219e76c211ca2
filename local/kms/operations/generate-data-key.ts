import { randomBytes } from "node:crypto";
import type { GenerateDataKeyCommandInput } from "@aws-sdk/client-kms";
import { kmsError } from "../kms-error.ts";
import { requireKey, toKeyArn } from "../require-key.ts";
import { seal } from "../seal.ts";
import type { Vault } from "../vault.ts";

const bytesBySpec: Record<string, number> = { AES_128: 16, AES_256: 32 };

export function generateDataKey(vault: Vault, input: GenerateDataKeyCommandInput): object {
  const size = requireSize(input);
  const key = requireKey(vault, input.KeyId);
  const plaintext = randomBytes(size);
  return {
    CiphertextBlob: seal(key, plaintext, input.EncryptionContext ?? {}).toString("base64"),
    Plaintext: plaintext.toString("base64"),
    KeyId: toKeyArn(key.id),
  };
}

function requireSize({ KeySpec, NumberOfBytes }: GenerateDataKeyCommandInput): number {
  const size = KeySpec === undefined ? NumberOfBytes : bytesBySpec[KeySpec];
  const both = KeySpec !== undefined && NumberOfBytes !== undefined;
  if (size !== undefined && !both && size >= 1 && size <= 1024) return size;
  throw kmsError(
    "ValidationException",
    "Please specify either NumberOfBytes (1 to 1024) or KeySpec (AES_128 or AES_256).",
  );
}
