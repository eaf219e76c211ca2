import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { startAwsJsonServer, type Operation } from "#local/stand-in/aws-json-server.ts";
import type { StandIn, StandInOptions } from "#local/stand-in/stand-in.ts";
import { createSecret } from "./operations/create-secret.ts";
import { describeSecret } from "./operations/describe-secret.ts";
import { getSecretValue } from "./operations/get-secret-value.ts";
import { putSecretValue } from "./operations/put-secret-value.ts";
import { requireSecret } from "./require-secret.ts";
import { openSecretStore } from "./secret-store.ts";
import { secretsManagerError } from "./secrets-manager-error.ts";
import type { Vault } from "./vault.ts";

export type SecretsManagerStandIn = StandIn & {
  secretArn: (name: string) => string;
};

/** Starts a local Secrets Manager. `secrets` get a random text of 64 characters if they are absent. */
export async function startSecretsManager(
  options: StandInOptions & { secrets?: string[]; now?: () => number } = {},
): Promise<SecretsManagerStandIn> {
  const file = options.dataDir && join(options.dataDir, "secrets.json");
  const vault: Vault = {
    secrets: openSecretStore(file),
    now: options.now ?? Date.now,
    newId: randomUUID,
  };
  const known = new Set(vault.secrets.all().map(({ name }) => name));
  for (const Name of options.secrets ?? []) {
    if (known.has(Name)) continue;
    createSecret(vault, { Name, SecretString: randomBytes(48).toString("base64url") });
  }
  const server = await startAwsJsonServer(
    {
      protocol: "1.1",
      target: "secretsmanager",
      errorNamespace: "com.amazonaws.secretsmanager",
      operations: secretsManagerOperations(vault),
      throttled: () => secretsManagerError("ThrottlingException", "Rate exceeded"),
      meterName: "secretsmanager",
    },
    options,
  );
  return { ...server, secretArn: (name) => requireSecret(vault, name).arn };
}

function secretsManagerOperations(vault: Vault): Record<string, Operation> {
  const bound =
    (operation: (vault: Vault, input: never) => object): Operation =>
    (input) =>
      operation(vault, input);
  return {
    CreateSecret: bound(createSecret),
    DescribeSecret: bound(describeSecret),
    GetSecretValue: bound(getSecretValue),
    PutSecretValue: bound(putSecretValue),
  };
}
