import type { CreateAliasCommandInput } from "@aws-sdk/client-kms";
import { kmsError } from "../kms-error.ts";
import { ARN_PREFIX, requireKey } from "../require-key.ts";
import type { Vault } from "../vault.ts";

export function createAlias(vault: Vault, input: CreateAliasCommandInput): object {
  const alias = input.AliasName ?? "";
  if (!/^alias\/[A-Za-z0-9/_-]{1,250}$/.test(alias) || alias.startsWith("alias/aws/")) {
    throw kmsError(
      "InvalidAliasNameException",
      "An alias starts with alias/, not with alias/aws/, and has letters, digits, /, _ and - only.",
    );
  }
  if (input.TargetKeyId?.includes("alias/")) {
    throw kmsError("ValidationException", "An alias must point to a key, not to an alias.");
  }
  const key = requireKey(vault, input.TargetKeyId);
  if (vault.keys.findAlias(alias) !== undefined) {
    throw kmsError(
      "AlreadyExistsException",
      `An alias with the name ${ARN_PREFIX}${alias} already exists`,
    );
  }
  vault.keys.putAlias(alias, key.id);
  return {};
}
