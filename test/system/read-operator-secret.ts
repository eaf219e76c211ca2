import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createTokenSecret } from "#functions/auth/token-secret.ts";
import type { Runtime } from "#local/runtime/runtime.ts";

/** What operators of this runtime show. */
export async function readOperatorSecret({ environment, standIns }: Runtime): Promise<string> {
  const client = new SecretsManagerClient({
    endpoint: standIns.secrets.endpoint,
    region: environment["AWS_REGION"] ?? "",
    credentials: {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  });
  const id = environment["WAFLEET_OPERATOR_SECRET_ID"] ?? "";
  const secret = await createTokenSecret(client, id)();
  client.destroy();
  return Buffer.from(secret).toString();
}
