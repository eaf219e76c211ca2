import type { CreateSecretCommandInput } from "@aws-sdk/client-secrets-manager";
import { addVersion } from "../add-version.ts";
import { requireText } from "../require-text.ts";
import { secretsManagerError } from "../secrets-manager-error.ts";
import type { Vault } from "../vault.ts";

const arnPrefix = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";

export function createSecret(vault: Vault, input: CreateSecretCommandInput): object {
  const name = input.Name ?? "";
  if (!/^[\w/+=.@-]{1,512}$/.test(name)) {
    throw secretsManagerError(
      "InvalidParameterException",
      "Name must have 1 to 512 letters, digits or /_+=.@- characters.",
    );
  }
  if (vault.secrets.all().some((secret) => secret.name === name)) {
    throw secretsManagerError(
      "ResourceExistsException",
      `The operation failed because the secret ${name} already exists.`,
    );
  }
  const createdAt = vault.now();
  const arn = `${arnPrefix}${name}-${vault.newId().replaceAll("-", "").slice(0, 6)}`;
  const empty = { name, arn, description: input.Description ?? "", createdAt, versions: [] };
  const text = requireText(input.SecretString);
  const id = input.ClientRequestToken ?? vault.newId();
  const { secret, version } = addVersion(empty, { id, text, createdAt });
  vault.secrets.put(secret);
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id };
}
