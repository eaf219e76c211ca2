import type { DescribeKeyCommandInput } from "@aws-sdk/client-kms";
import { requireKey } from "../require-key.ts";
import { toMetadata } from "../to-metadata.ts";
import type { Vault } from "../vault.ts";

export function describeKey(vault: Vault, input: DescribeKeyCommandInput): object {
  return { KeyMetadata: toMetadata(requireKey(vault, input.KeyId)) };
}
