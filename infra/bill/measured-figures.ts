/**
 * What was counted, November 2026. Of a message and of a worker: `npm run bench -- cost`, each
 * message alone, so that nothing is batched with anything. Of memory: docs/performance.md.
 */
export const measured = {
  /** An outgoing text with all its statuses, one of its own each, and one subscriber. */
  message: {
    writeUnits: 6.5,
    readUnits: 4.6,
    queueRequests: 6.6,
    httpRequests: 1,
    socketMessages: 1.2,
    invocations: 2.2,
  },
  /** The same with a webhook for each status. */
  messageWithWebhook: {
    writeUnits: 10.4,
    readUnits: 12.55,
    queueRequests: 12.3,
    httpRequests: 1,
    socketMessages: 1.55,
    invocations: 4.1,
  },
  workerWritesAMinute: 30,
  workerReadsAMinute: 60,
  /** Stored of one message with its events. */
  messageKb: 3,
  /** Journal and snapshot of one session. */
  sessionStateMb: 0.14,
} as const;

/**
 * Not counted: what a Lambda takes of time on AWS, and what it logs of a message. By the handlers'
 * time on a quiet machine (10 to 25 ms), rounded up, and the size of the lines.
 */
export const assumed = {
  invocationSeconds: 0.03,
  invocationGb: 0.5,
  /** The access log, and a line of metrics each from three Lambdas. */
  messageLogKb: 1.5,
  /** Connections that end, shards that move. */
  sessionLogGb: 0.0005,
} as const;

export type MessageUsage = Record<keyof typeof measured.message, number>;
