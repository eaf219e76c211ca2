import type { GenerateDataKeyWithoutPlaintextCommandInput } from "@aws-sdk/client-kms";
import type { Vault } from "../vault.ts";
import { generateDataKey } from "./generate-data-key.ts";

export function generateDataKeyWithoutPlaintext(
  vault: Vault,
  input: GenerateDataKeyWithoutPlaintextCommandInput,
): object {
  return { ...generateDataKey(vault, input), Plaintext: undefined };
}
