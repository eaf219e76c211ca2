// One change of the state that an account's devices share, sealed as the server stores it.
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { expandAppStateKeys, type ExpandedAppStateKeys } from "whatsapp-rust-bridge";

export type SyncKey = { id: Uint8Array; data: Uint8Array };

/** What an action is about (`["archive", jid]`) and what it says; removed when there is no value. */
export type Action = {
  index: string[];
  value: proto.ISyncActionValue | undefined;
  version: number;
};

export const operations = proto.SyncdMutation.SyncdOperation;
type Operation = proto.SyncdMutation.SyncdOperation;

const macLength = 32;
const ivLength = 16;

const expanded = new WeakMap<Uint8Array, ExpandedAppStateKeys>();

export const keysOf = ({ data }: SyncKey): ExpandedAppStateKeys => {
  const keys = expanded.get(data) ?? expandAppStateKeys(data);
  expanded.set(data, keys);
  return keys;
};

export const hmacSha256 = (key: Uint8Array, ...parts: Uint8Array[]): Buffer => {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};

const valueMac = (key: SyncKey, operation: Operation, sealed: Uint8Array): Buffer => {
  const prefix = Buffer.from([operation === operations.SET ? 1 : 2, ...key.id]);
  const length = Buffer.alloc(8);
  length.writeUInt8(prefix.length, 7);
  return createHmac("sha512", keysOf(key).valueMacKey)
    .update(prefix)
    .update(sealed)
    .update(length)
    .digest()
    .subarray(0, macLength);
};

export const sealAction = (key: SyncKey, action: Action, iv: Uint8Array): proto.ISyncdMutation => {
  const operation = action.value ? operations.SET : operations.REMOVE;
  const index = Buffer.from(JSON.stringify(action.index));
  const value = action.value ?? {};
  const plain = proto.SyncActionData.encode({
    index,
    value,
    padding: new Uint8Array(0),
    version: action.version,
  }).finish();
  const cipher = createCipheriv("aes-256-cbc", keysOf(key).valueEncryptionKey, iv);
  const sealed = Buffer.concat([iv, cipher.update(plain), cipher.final()]);
  return {
    operation,
    record: {
      index: { blob: hmacSha256(keysOf(key).indexKey, index) },
      value: { blob: Buffer.concat([sealed, valueMac(key, operation, sealed)]) },
      keyId: { id: key.id },
    },
  };
};

/** The index MAC and value MAC of a mutation, by which a collection's hash is made. */
export const macsOf = ({ record }: proto.ISyncdMutation) => ({
  index: Buffer.from(record?.index?.blob ?? "").toString("base64"),
  value: Buffer.from((record?.value?.blob ?? new Uint8Array()).slice(-macLength)),
});

/** What a mutation says; throws unless both of its MACs hold. */
export const openMutation = (key: SyncKey, mutation: proto.ISyncdMutation): Action => {
  const blob = mutation.record?.value?.blob ?? new Uint8Array();
  const operation = mutation.operation ?? operations.SET;
  const sealed = blob.subarray(0, -macLength);
  if (!valueMac(key, operation, sealed).equals(macsOf(mutation).value))
    throw new Error("a mutation's value MAC is wrong");
  const keys = keysOf(key);
  const decipher = createDecipheriv(
    "aes-256-cbc",
    keys.valueEncryptionKey,
    sealed.subarray(0, ivLength),
  );
  const plain = Buffer.concat([decipher.update(sealed.subarray(ivLength)), decipher.final()]);
  const { index: indexBytes, value, version } = proto.SyncActionData.decode(plain);
  const index = Buffer.from(indexBytes ?? "");
  if (hmacSha256(keys.indexKey, index).toString("base64") !== macsOf(mutation).index)
    throw new Error("a mutation's index MAC is wrong");
  return {
    index: JSON.parse(index.toString()) as string[],
    value: operation === operations.SET ? (value ?? {}) : undefined,
    version: version ?? 0,
  };
};
