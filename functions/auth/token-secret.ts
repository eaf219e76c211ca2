import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** HS256 wants a secret no shorter than its hash. */
const minimumBytes = 32;

export type TokenSecret = () => Promise<Uint8Array>;

/** Reads the secret that signs access tokens once per process; a failed read is tried again. */
export function createTokenSecret(client: SecretsManagerClient, secretId: string): TokenSecret {
  let secret: Promise<Uint8Array> | undefined;
  return () => {
    secret ??= readSecret(client, secretId).catch((error: unknown) => {
      secret = undefined;
      throw error;
    });
    return secret;
  };
}

async function readSecret(client: SecretsManagerClient, secretId: string): Promise<Uint8Array> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  const bytes = new TextEncoder().encode(SecretString ?? "");
  if (bytes.length >= minimumBytes) return bytes;
  throw new Error(
    `the secret ${secretId} must be a text of at least ${minimumBytes} bytes; it has ${bytes.length}`,
  );
}
