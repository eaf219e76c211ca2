import type { Secret } from "./secret-store.ts";
import { secretsManagerError } from "./secrets-manager-error.ts";
import type { Vault } from "./vault.ts";

/** By name or ARN; the random letters at the end of the ARN may be missing. */
export function requireSecret(vault: Vault, asked: string | undefined): Secret {
  if (!asked) throw secretsManagerError("InvalidParameterException", "SecretId must not be empty.");
  const found = vault.secrets
    .all()
    .find(({ name, arn }) => asked === name || asked === arn || asked === arn.slice(0, -7));
  if (found) return found;
  throw secretsManagerError(
    "ResourceNotFoundException",
    "Secrets Manager can't find the specified secret.",
  );
}
