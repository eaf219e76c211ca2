import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import { LTHashAntiTampering } from "whatsapp-rust-bridge";
import { hmacSha256, keysOf, macsOf, openMutation, operations, type SyncKey } from "./mutations.ts";

/** One named part of the shared state: every patch so far and what they amount to. */
export type Collection = {
  name: string;
  version: number;
  /** Homomorphic hash over the value MACs of the present records. */
  hash: Uint8Array;
  /** By index MAC. */
  records: Map<string, Uint8Array>;
  /** Patch n makes version n + 1. */
  patches: Uint8Array[];
};

const homomorphicHash = new LTHashAntiTampering();

export const emptyCollection = (name: string): Collection => ({
  name,
  version: 0,
  hash: new Uint8Array(128),
  records: new Map(),
  patches: [],
});

const bigEndian = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};

const snapshotMac = (key: SyncKey, collection: Pick<Collection, "name" | "version" | "hash">) =>
  hmacSha256(
    keysOf(key).snapshotMacKey,
    collection.hash,
    bigEndian(collection.version),
    Buffer.from(collection.name),
  );

const patchMac = (
  key: SyncKey,
  { name, version }: Collection,
  mutations: proto.ISyncdMutation[],
  snapshot: Uint8Array,
) =>
  hmacSha256(
    keysOf(key).patchMacKey,
    snapshot,
    ...mutations.map((mutation) => macsOf(mutation).value),
    bigEndian(version),
    Buffer.from(name),
  );

/** The collection one version on, with these mutations in it. */
const advance = (collection: Collection, mutations: proto.ISyncdMutation[]): Collection => {
  const records = new Map(collection.records);
  const added: Uint8Array[] = [];
  const removed: Uint8Array[] = [];
  for (const mutation of mutations) {
    const { index, value } = macsOf(mutation);
    const before = records.get(index);
    if (before) removed.push(macsOf({ record: proto.SyncdRecord.decode(before) }).value);
    records.delete(index);
    if (mutation.operation === operations.REMOVE || !mutation.record) continue;
    added.push(value);
    records.set(index, proto.SyncdRecord.encode(mutation.record).finish());
  }
  const hash = homomorphicHash.subtractThenAdd(collection.hash, removed, added);
  return { ...collection, version: collection.version + 1, hash, records };
};

const withPatch = (next: Collection, patch: proto.ISyncdPatch): Collection => ({
  ...next,
  patches: [...next.patches, proto.SyncdPatch.encode(patch).finish()],
});

/** Appends mutations as their author does, with all MACs. */
export const appendMutations = (
  key: SyncKey,
  collection: Collection,
  mutations: proto.ISyncdMutation[],
): Collection => {
  const next = advance(collection, mutations);
  const snapshot = snapshotMac(key, next);
  return withPatch(next, {
    version: { version: next.version },
    mutations,
    snapshotMac: snapshot,
    patchMac: patchMac(key, next, mutations, snapshot),
    keyId: { id: key.id },
  });
};

/** Takes a patch that a device uploaded; throws unless every MAC in it holds. */
export const acceptPatch = (
  key: SyncKey,
  collection: Collection,
  uploaded: Uint8Array,
): Collection => {
  const patch = proto.SyncdPatch.decode(uploaded);
  for (const mutation of patch.mutations) openMutation(key, mutation);
  const next = advance(collection, patch.mutations);
  const snapshot = snapshotMac(key, next);
  if (!snapshot.equals(patch.snapshotMac ?? new Uint8Array()))
    throw new Error("the patch's snapshot MAC is wrong");
  if (!patchMac(key, next, patch.mutations, snapshot).equals(patch.patchMac ?? new Uint8Array()))
    throw new Error("the patch MAC is wrong");
  return withPatch(next, Object.assign(patch, { version: { version: next.version } }));
};

/** Everything that is in the collection now, at once. */
export const toSnapshot = (key: SyncKey, collection: Collection): Uint8Array =>
  proto.SyncdSnapshot.encode({
    version: { version: collection.version },
    records: [...collection.records.values()].map((record) => proto.SyncdRecord.decode(record)),
    mac: snapshotMac(key, collection),
    keyId: { id: key.id },
  }).finish();
