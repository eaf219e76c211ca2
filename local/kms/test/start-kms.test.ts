import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as kms from "@aws-sdk/client-kms";
import { expect, onTestFinished, test } from "vitest";
import { startKms } from "../start-kms.ts";
import { connectStandIn } from "./connect-stand-in.ts";

const ALIAS = "alias/wafleet";

async function start(options: { dataDir?: string; maxAttempts?: number } = {}) {
  const { maxAttempts, ...rest } = options;
  const standIn = await startKms({ ...rest, aliases: [ALIAS] });
  const client = connectStandIn(standIn.endpoint, maxAttempts);
  onTestFinished(async () => {
    client.destroy();
    await standIn.stop();
  });
  return { ...standIn, client };
}

function tempDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "wafleet-kms-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

const generate = new kms.GenerateDataKeyCommand({ KeyId: ALIAS, KeySpec: "AES_256" });

test("what was sealed before a restart opens after it", async () => {
  const dataDir = tempDir();
  const before = await start({ dataDir });
  const made = await before.client.send(generate);
  await before.stop();
  const after = await start({ dataDir });
  expect(after.keyArn(ALIAS)).toBe(before.keyArn(ALIAS));
  const opened = await after.client.send(
    new kms.DecryptCommand({ CiphertextBlob: made.CiphertextBlob }),
  );
  expect(opened.Plaintext).toEqual(made.Plaintext);
});

test("only its owner can read the key file", async () => {
  const dataDir = tempDir();
  await start({ dataDir });
  expect(statSync(join(dataDir, "kms-keys.json")).mode & 0o777).toBe(0o600);
});

test("a key file that cannot be read stops the start and is left as it is", async () => {
  const dataDir = tempDir();
  const file = join(dataDir, "kms-keys.json");
  writeFileSync(file, "{ half");
  await expect(start({ dataDir })).rejects.toThrow(/kms-keys\.json cannot be read/);
  expect(readFileSync(file, "utf8")).toBe("{ half");
});

test("a key made through the API takes an alias and encrypts", async () => {
  const { client } = await start();
  const made = await client.send(new kms.CreateKeyCommand({ Description: "mine" }));
  const TargetKeyId = made.KeyMetadata?.KeyId;
  await client.send(new kms.CreateAliasCommand({ AliasName: "alias/mine", TargetKeyId }));
  const Plaintext = new Uint8Array([1]);
  const sealed = await client.send(new kms.EncryptCommand({ KeyId: "alias/mine", Plaintext }));
  expect(sealed.KeyId).toBe(made.KeyMetadata?.Arn);
});

test("a blob sealed with one key is refused when another is insisted on", async () => {
  const { client } = await start();
  const other = await client.send(new kms.CreateKeyCommand({}));
  const { CiphertextBlob } = await client.send(generate);
  const opened = client.send(
    new kms.DecryptCommand({ CiphertextBlob, KeyId: other.KeyMetadata?.KeyId }),
  );
  await expect(opened).rejects.toMatchObject({ name: "IncorrectKeyException" });
});

test("a throttled call is tried again by the SDK", async () => {
  const { client, faults } = await start({ maxAttempts: 2 });
  faults.add({ kind: "throttle", times: 1 });
  expect((await client.send(generate)).Plaintext).toHaveLength(32);
});

test("the meter counts each call", async () => {
  const { client, meter } = await start();
  await client.send(generate);
  expect(meter.read()).toEqual({ "kms.requests": 1, "kms.GenerateDataKey": 1 });
});
