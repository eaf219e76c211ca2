import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { operatorSecretName } from "#local/runtime/names.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { readRuntimeFile } from "#local/start/runtime-file.ts";
import { StartError } from "#local/start/start-error.ts";
import { secretsManager } from "#shared/aws/clients.ts";
import { OperatorError } from "./operator-error.ts";

type Deployment = { apiUrl: string; secret: string };

/** The deployment that the environment names, else the one that runs on this machine. */
export async function findDeployment(dataFolder: string): Promise<Deployment> {
  const apiUrl = process.env["WAFLEET_API_URL"];
  if (apiUrl === undefined) return findLocal(dataFolder);
  const given = process.env["WAFLEET_OPERATOR_SECRET"];
  if (given !== undefined) return { apiUrl, secret: given };
  const secretId = process.env["WAFLEET_OPERATOR_SECRET_ID"] ?? operatorSecretName;
  return { apiUrl, secret: await readSecret(secretsManager(), secretId) };
}

async function findLocal(dataFolder: string): Promise<Deployment> {
  try {
    const { apiUrl, secretsUrl } = readRuntimeFile(dataFolder);
    const client = new SecretsManagerClient({
      endpoint: secretsUrl,
      region: "us-east-1",
      credentials: dummyCredentials,
    });
    return { apiUrl, secret: await readSecret(client, operatorSecretName) };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new OperatorError(`${error.message} For a deployment on AWS set WAFLEET_API_URL.`);
  }
}

async function readSecret(client: SecretsManagerClient, secretId: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  if (SecretString !== undefined) return SecretString;
  throw new OperatorError(`The secret ${secretId} holds no text.`);
}
