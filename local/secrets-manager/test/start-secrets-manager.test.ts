import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as secrets from "@aws-sdk/client-secrets-manager";
import { expect, onTestFinished, test } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { startSecretsManager } from "../start-secrets-manager.ts";

async function start(
  options: { dataDir?: string; secrets?: string[] } = {},
  maxAttempts: number = 1,
) {
  const standIn = await startSecretsManager(options);
  const client = new secrets.SecretsManagerClient({
    endpoint: standIn.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    maxAttempts,
  });
  onTestFinished(async () => {
    client.destroy();
    await standIn.stop();
  });
  const read = (SecretId: string, more: Partial<secrets.GetSecretValueCommandInput> = {}) =>
    client.send(new secrets.GetSecretValueCommand({ SecretId, ...more }));
  const create = (Name: string, SecretString: string) =>
    client.send(new secrets.CreateSecretCommand({ Name, SecretString }));
  const put = (SecretId: string, SecretString: string, ClientRequestToken?: string) =>
    client.send(new secrets.PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }));
  return { ...standIn, client, read, create, put };
}

test("a secret is read by its name and by its ARN, whole or without its last letters", async () => {
  const { create, read } = await start();
  const made = await create("app/password", "s3cret");
  expect(made.ARN).toMatch(/^arn:aws:secretsmanager:.*:secret:app\/password-\w{6}$/);
  for (const name of ["app/password", made.ARN ?? "", made.ARN?.slice(0, -7) ?? ""]) {
    const found = await read(name);
    expect(found).toMatchObject({ SecretString: "s3cret", VersionId: made.VersionId });
    expect(found.CreatedDate).toBeInstanceOf(Date);
  }
});

test("a new value becomes current and the former one stays readable as the previous", async () => {
  const { client, create, put, read } = await start();
  const first = await create("app", "one");
  const second = await put("app", "two");
  expect((await read("app")).SecretString).toBe("two");
  expect((await read("app", { VersionStage: "AWSPREVIOUS" })).SecretString).toBe("one");
  expect((await read("app", { VersionId: first.VersionId })).SecretString).toBe("one");
  const described = await client.send(new secrets.DescribeSecretCommand({ SecretId: "app" }));
  expect(described.VersionIdsToStages).toEqual({
    [first.VersionId ?? ""]: ["AWSPREVIOUS"],
    [second.VersionId ?? ""]: ["AWSCURRENT"],
  });
});

test("a value that is put twice with one token is one version; another value is refused", async () => {
  const { create, put } = await start();
  await create("app", "one");
  const token = "0e8e5d5e-52c5-4a52-9a0c-2ad5ba7c2a5e";
  expect(await put("app", "two", token)).toMatchObject({ VersionId: token });
  expect(await put("app", "two", token)).toMatchObject({ VersionId: token });
  await expect(put("app", "three", token)).rejects.toMatchObject({
    name: "ResourceExistsException",
  });
});

test("what is not there, or there already, is named as such", async () => {
  const { create, read } = await start();
  await expect(read("absent")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await create("app", "one");
  await expect(read("app", { VersionStage: "AWSPREVIOUS" })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await expect(create("app", "two")).rejects.toMatchObject({ name: "ResourceExistsException" });
  await expect(create("no spaces", "two")).rejects.toMatchObject({
    name: "InvalidParameterException",
  });
});

test("a declared secret is made up once and stays the same after a restart", async () => {
  const dataDir = await temporaryFolder();
  const before = await start({ dataDir, secrets: ["token"] });
  const { SecretString } = await before.read("token");
  expect(SecretString).toHaveLength(64);
  await before.stop();
  const after = await start({ dataDir, secrets: ["token"] });
  expect((await after.read("token")).SecretString).toBe(SecretString);
  expect(after.secretArn("token")).toBe(before.secretArn("token"));
});

test("only its owner can read the secrets file, and a damaged one stops the start", async () => {
  const dataDir = await temporaryFolder();
  await start({ dataDir, secrets: ["token"] });
  const file = join(dataDir, "secrets.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, "{ half");
  await expect(start({ dataDir })).rejects.toThrow(/secrets\.json cannot be read/);
  expect(readFileSync(file, "utf8")).toBe("{ half");
});

test("calls are counted, and a throttled one is tried again by the SDK", async () => {
  const { faults, meter, read } = await start({ secrets: ["token"] }, 2);
  faults.add({ kind: "throttle", times: 1 });
  await read("token");
  expect(meter.read()).toEqual({
    "secretsmanager.requests": 1,
    "secretsmanager.GetSecretValue": 1,
  });
});
