import type { Key } from "./key-store.ts";
import { kmsError } from "./kms-error.ts";
import type { Vault } from "./vault.ts";

export const ARN_PREFIX = "arn:aws:kms:us-east-1:000000000000:";

/** By key id, alias, or the ARN of either. */
export function requireKey(vault: Vault, asked: string | undefined): Key {
  if (!asked) throw kmsError("ValidationException", "KeyId must not be empty.");
  const name = asked.startsWith(ARN_PREFIX)
    ? asked.slice(ARN_PREFIX.length).replace(/^key\//, "")
    : asked;
  if (!name.startsWith("alias/")) {
    const key = vault.keys.findKey(name);
    if (key) return key;
    throw kmsError("NotFoundException", `Key '${toKeyArn(name)}' does not exist`);
  }
  const key = vault.keys.findKey(vault.keys.findAlias(name) ?? "");
  if (key) return key;
  throw kmsError("NotFoundException", `Alias ${ARN_PREFIX}${name} is not found.`);
}

export function toKeyArn(id: string): string {
  return `${ARN_PREFIX}key/${id}`;
}
