// A Signal session record as JSON, letter by letter what libsignal's own form of it gives. A step
// changes one chain of a record, so what the other bytes are in base64 is remembered with them.

/** Archived sessions kept beside the open one, for messages still under way; libsignal keeps 40. */
const archivedLimit = 4;

type Chain = {
  chainKey: { counter: number; key?: Buffer };
  chainType: number;
  messageKeys: Record<string, Buffer>;
};

type SessionEntry = {
  registrationId?: number;
  currentRatchet: {
    ephemeralKeyPair: { pubKey: Buffer; privKey: Buffer };
    lastRemoteEphemeralKey: Buffer;
    previousCounter: number;
    rootKey: Buffer;
  };
  indexInfo: {
    baseKey: Buffer;
    baseKeyType: number;
    /** Milliseconds since 1970, -1 for the open one. */
    closed: number;
    used: number;
    created: number;
    remoteIdentityKey: Buffer;
  };
  _chains: Record<string, Chain>;
  pendingPreKey?: { signedKeyId: number; baseKey: Buffer; preKeyId?: number };
};

/** libsignal's, which replaces buffers and never writes into one. */
export type SessionRecord = { sessions: Record<string, SessionEntry>; version: string };

/** Drops archived sessions: a record would grow by 870 bytes at each refresh of a contact's devices. */
function trimSessions({ sessions }: SessionRecord): void {
  const all = Object.entries(sessions);
  if (all.length <= archivedLimit + 1) return;
  const archived = all
    .filter(([, { indexInfo }]) => indexInfo.closed !== -1)
    .sort(([, a], [, b]) => b.indexInfo.closed - a.indexInfo.closed);
  for (const [key] of archived.slice(archivedLimit)) delete sessions[key];
}

/** The record's text, trimmed. */
export function sessionText(record: SessionRecord): string {
  trimSessions(record);
  const sessions = Object.entries(record.sessions).map(
    ([key, entry]) => `"${key}":${write(entry)}`,
  );
  return `{"_sessions":{${sessions.join(",")}},"version":"${record.version}"}`;
}

function write({ registrationId, ...entry }: SessionEntry): string {
  const { currentRatchet: ratchet, indexInfo: index, pendingPreKey } = entry;
  const { pubKey, privKey } = ratchet.ephemeralKeyPair;
  const chains = Object.entries(entry._chains).map(
    ([key, chain]) => `"${key}":${writeChain(chain)}`,
  );
  return (
    `{${field("registrationId", registrationId)}` +
    `"currentRatchet":{"ephemeralKeyPair":{"pubKey":${base64(pubKey)},"privKey":${base64(privKey)}},` +
    `"lastRemoteEphemeralKey":${base64(ratchet.lastRemoteEphemeralKey)},` +
    `${field("previousCounter", ratchet.previousCounter)}"rootKey":${base64(ratchet.rootKey)}},` +
    `"indexInfo":{"baseKey":${base64(index.baseKey)},${field("baseKeyType", index.baseKeyType)}` +
    `${field("closed", index.closed)}${field("used", index.used)}${field("created", index.created)}` +
    `"remoteIdentityKey":${base64(index.remoteIdentityKey)}},` +
    `"_chains":{${chains.join(",")}}${pendingPreKey ? writePending(pendingPreKey) : ""}}`
  );
}

function writeChain({ chainKey: { counter, key }, chainType, messageKeys }: Chain): string {
  const keys = Object.entries(messageKeys).map(([index, bytes]) => `"${index}":${base64(bytes)}`);
  return (
    `{"chainKey":{"counter":${counter}${key ? `,"key":${base64(key)}` : ""}},` +
    `"chainType":${chainType},"messageKeys":{${keys.join(",")}}}`
  );
}

function writePending(pending: NonNullable<SessionEntry["pendingPreKey"]>): string {
  const data = { ...pending, baseKey: pending.baseKey.toString("base64") };
  return `,"pendingPreKey":${JSON.stringify(data)}`;
}

/** JSON has no property for what is undefined. */
function field(name: string, value: number | undefined): string {
  return value === undefined ? "" : `"${name}":${value},`;
}

const known = Symbol("base64");

/** Within quotes. */
function base64(bytes: Buffer & { [known]?: string }): string {
  return (bytes[known] ??= `"${bytes.toString("base64")}"`);
}
