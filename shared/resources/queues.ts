export type QueueResource = {
  purpose: string;
  fifo: true;
  /** One queue a shard; its name and URL carry the shard's number. */
  perShard: boolean;
  visibilityTimeoutSeconds: number;
  /** After so many deliveries a message goes to the dead-letter queue. */
  maxReceiveCount: number;
  /**
   * The Lambda that is given its messages, so many at a time, and by how many invocations at once at
   * most; null when a process polls it.
   */
  feeds: { lambda: string; batchSize: number; mostAtOnce?: number } | null;
};

/** Every queue; each has a dead-letter queue of its own, shared by all its shards. */
export const queues = {
  commands: {
    purpose: "what the API asks of a session; message group = session",
    fifo: true,
    perShard: true,
    // How long a command of a killed worker stays hidden; a living one extends it.
    visibilityTimeoutSeconds: 20,
    maxReceiveCount: 20,
    feeds: null,
  },
  events: {
    purpose: "what happened in a session; message group = session",
    fifo: true,
    perShard: false,
    visibilityTimeoutSeconds: 60,
    // The dispatcher says how long each wait is: hours in all when a store is away.
    maxReceiveCount: 60,
    feeds: { lambda: "dispatch", batchSize: 10 },
  },
  webhooks: {
    purpose: "which webhook endpoint has work; message group = endpoint and source of its events",
    fifo: true,
    perShard: false,
    visibilityTimeoutSeconds: 270,
    maxReceiveCount: 20,
    // One at a time: in a batch, a slow endpoint would hold up the others.
    // And so many at once, so that slow endpoints do not use up the Lambdas of everything else.
    feeds: { lambda: "deliver", batchSize: 1, mostAtOnce: 100 },
  },
  batches: {
    purpose: "which batch has messages to be made; message group = batch",
    fifo: true,
    perShard: false,
    visibilityTimeoutSeconds: 270,
    maxReceiveCount: 20,
    feeds: { lambda: "batches", batchSize: 1 },
  },
} as const satisfies Record<string, QueueResource>;

export type QueueName = keyof typeof queues;

/** Default number of shards, each a fixed slice of the sessions. */
export const defaultShards = 16;
