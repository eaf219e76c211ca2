import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { startAwsJsonServer, type Operation } from "../stand-in/aws-json-server.ts";
import type { StandIn, StandInOptions } from "../stand-in/stand-in.ts";
import { openKeyStore } from "./key-store.ts";
import { kmsError } from "./kms-error.ts";
import { createAlias } from "./operations/create-alias.ts";
import { createKey } from "./operations/create-key.ts";
import { decrypt } from "./operations/decrypt.ts";
import { describeKey } from "./operations/describe-key.ts";
import { encrypt } from "./operations/encrypt.ts";
import { generateDataKeyWithoutPlaintext } from "./operations/generate-data-key-without-plaintext.ts";
import { generateDataKey } from "./operations/generate-data-key.ts";
import { reEncrypt } from "./operations/re-encrypt.ts";
import { requireKey, toKeyArn } from "./require-key.ts";
import type { Vault } from "./vault.ts";

export type KmsStandIn = StandIn & {
  /** By key id or `alias/…`. */
  keyArn: (name: string) => string;
};

/** Starts a local KMS. `aliases` (each with its `alias/`) get a key of their own if they have none. */
export async function startKms(
  options: StandInOptions & { aliases?: string[]; now?: () => number } = {},
): Promise<KmsStandIn> {
  const file = options.dataDir && join(options.dataDir, "kms-keys.json");
  const vault: Vault = {
    keys: openKeyStore(file),
    now: options.now ?? Date.now,
    newId: randomUUID,
  };
  for (const alias of options.aliases ?? []) declareAlias(vault, alias);
  const server = await startAwsJsonServer(
    {
      protocol: "1.1",
      target: "TrentService",
      errorNamespace: "com.amazonaws.kms",
      operations: kmsOperations(vault),
      throttled: () => kmsError("ThrottlingException", "Rate exceeded"),
      meterName: "kms",
    },
    options,
  );
  return { ...server, keyArn: (name) => toKeyArn(requireKey(vault, name).id) };
}

function declareAlias(vault: Vault, alias: string): void {
  if (vault.keys.findAlias(alias) !== undefined) return;
  const key = vault.keys.createKey(vault.newId(), alias, vault.now());
  createAlias(vault, { AliasName: alias, TargetKeyId: key.id });
}

function kmsOperations(vault: Vault): Record<string, Operation> {
  const bound =
    (operation: (vault: Vault, input: never) => object): Operation =>
    (input) =>
      operation(vault, input);
  return {
    CreateAlias: bound(createAlias),
    CreateKey: bound(createKey),
    Decrypt: bound(decrypt),
    DescribeKey: bound(describeKey),
    Encrypt: bound(encrypt),
    GenerateDataKey: bound(generateDataKey),
    GenerateDataKeyWithoutPlaintext: bound(generateDataKeyWithoutPlaintext),
    ReEncrypt: bound(reEncrypt),
  };
}
