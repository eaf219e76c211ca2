import type { DescribeSecretCommandInput } from "@aws-sdk/client-secrets-manager";
import { requireSecret } from "../require-secret.ts";
import type { Vault } from "../vault.ts";

export function describeSecret(vault: Vault, input: DescribeSecretCommandInput): object {
  const secret = requireSecret(vault, input.SecretId);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    CreatedDate: secret.createdAt / 1000,
    VersionIdsToStages: Object.fromEntries(secret.versions.map(({ id, stages }) => [id, stages])),
  };
}
