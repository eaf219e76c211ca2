import type { PutSecretValueCommandInput } from "@aws-sdk/client-secrets-manager";
import { addVersion } from "../add-version.ts";
import { requireSecret } from "../require-secret.ts";
import { requireText } from "../require-text.ts";
import type { Vault } from "../vault.ts";

export function putSecretValue(vault: Vault, input: PutSecretValueCommandInput): object {
  const former = requireSecret(vault, input.SecretId);
  const { secret, version } = addVersion(former, {
    id: input.ClientRequestToken ?? vault.newId(),
    text: requireText(input.SecretString),
    createdAt: vault.now(),
  });
  vault.secrets.put(secret);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    VersionStages: version.stages,
  };
}
