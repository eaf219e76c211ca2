import type { GetSecretValueCommandInput } from "@aws-sdk/client-secrets-manager";
import { requireSecret } from "../require-secret.ts";
import { secretsManagerError } from "../secrets-manager-error.ts";
import type { Vault } from "../vault.ts";

export function getSecretValue(vault: Vault, input: GetSecretValueCommandInput): object {
  const secret = requireSecret(vault, input.SecretId);
  const stage = input.VersionStage ?? (input.VersionId === undefined ? "AWSCURRENT" : undefined);
  const version = secret.versions.find(
    ({ id, stages }) =>
      (input.VersionId === undefined || id === input.VersionId) &&
      (stage === undefined || stages.includes(stage)),
  );
  if (!version) {
    throw secretsManagerError(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for ${
        input.VersionId === undefined ? `staging label: ${stage}` : `VersionId: ${input.VersionId}`
      }`,
    );
  }
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    SecretString: version.text,
    VersionStages: version.stages,
    CreatedDate: version.createdAt / 1000,
  };
}
