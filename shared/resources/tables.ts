export type KeyAttribute = { name: string; type: "S" | "N" | "B" };

export type TableIndex = {
  name: string;
  partitionKey: KeyAttribute;
  sortKey?: KeyAttribute;
  projection: "ALL" | "KEYS_ONLY" | { include: string[] };
};

export type TableResource = {
  purpose: string;
  partitionKey: KeyAttribute;
  sortKey: KeyAttribute;
  ttlAttribute: string;
  indexes: TableIndex[];
  /** False only where a restored backup would do harm. */
  pointInTimeRecovery: boolean;
};

const pk: KeyAttribute = { name: "pk", type: "S" };
const sk: KeyAttribute = { name: "sk", type: "S" };
const ttlAttribute = "expiresAt";

/** Every table, with its keys and indexes. Infra, the local runtime and the docs are made from this. */
export const tables = {
  logins: {
    purpose:
      "emails, password hashes, failed sign-ins, refresh families; only the accounts Lambda can read it",
    partitionKey: pk,
    sortKey: sk,
    ttlAttribute,
    indexes: [],
    pointInTimeRecovery: true,
  },
  control: {
    purpose: "accounts, users, keys, sessions, connections, idempotency records",
    partitionKey: pk,
    sortKey: sk,
    ttlAttribute,
    indexes: [],
    pointInTimeRecovery: true,
  },
  audit: {
    purpose: "who did what; the role that adds to it can neither change nor remove",
    partitionKey: pk,
    sortKey: sk,
    ttlAttribute,
    indexes: [],
    pointInTimeRecovery: true,
  },
  messages: {
    purpose: "messages and the event log",
    partitionKey: pk,
    sortKey: sk,
    ttlAttribute,
    indexes: [
      {
        // Sparse: only messages that wait for their session carry `parkedIn`.
        name: "parked",
        partitionKey: { name: "parkedIn", type: "S" },
        sortKey: sk,
        projection: "ALL",
      },
      {
        // A chat's messages. It changes with none of their statuses: one write unit a message.
        name: "chat",
        partitionKey: { name: "chatKey", type: "S" },
        sortKey: sk,
        projection: "KEYS_ONLY",
      },
      {
        // Sparse: only what somebody has to take up at a later time carries `dueIn`.
        name: "due",
        partitionKey: { name: "dueIn", type: "S" },
        sortKey: { name: "dueAt", type: "N" },
        projection: "KEYS_ONLY",
      },
    ],
    pointInTimeRecovery: true,
  },
  journal: {
    purpose: "append-only log of each session's key changes, encrypted",
    partitionKey: { name: "sessionId", type: "S" },
    sortKey: { name: "seq", type: "N" },
    ttlAttribute,
    indexes: [],
    // A restored journal would rewind ratchets, and recipients would drop what is sent after it.
    pointInTimeRecovery: false,
  },
  webhooks: {
    purpose: "webhook endpoints, how far each has come, and the log of deliveries",
    partitionKey: pk,
    sortKey: sk,
    ttlAttribute,
    indexes: [
      {
        // Sparse: only what waits for its next attempt carries `dueIn`.
        name: "due",
        partitionKey: { name: "dueIn", type: "S" },
        sortKey: { name: "dueAt", type: "N" },
        projection: { include: ["accountId", "source"] },
      },
      {
        // Sparse: only deliveries that have not succeeded carry `openIn`.
        name: "open",
        partitionKey: { name: "openIn", type: "S" },
        sortKey: sk,
        projection: "ALL",
      },
    ],
    pointInTimeRecovery: true,
  },
  secrets: {
    purpose: "signing secrets and custom headers of webhooks; who sends them alone can read it",
    partitionKey: pk,
    sortKey: sk,
    ttlAttribute,
    indexes: [],
    pointInTimeRecovery: true,
  },
  fleet: {
    purpose: "workers, shards, sessions that want to be connected, replies",
    partitionKey: pk,
    sortKey: sk,
    ttlAttribute,
    indexes: [],
    pointInTimeRecovery: true,
  },
} as const satisfies Record<string, TableResource>;

export type TableName = keyof typeof tables;
