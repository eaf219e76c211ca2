import type { Load, Size } from "./running-bill.ts";

/** A tenant that sends a thousand messages a month through each session. */
const messagesASession = 1_000;

export type Deployment = { load: Load; size: Size };

const usual: Size = { cpu: 512, memoryMiB: 1024, sessionsPerWorker: 500, shards: 16 };
/** One core and what a thousand sessions were measured to take, with as much again to spare. */
const large: Size = { cpu: 1024, memoryMiB: 2048, sessionsPerWorker: 1_000, shards: 128 };

function deployment(sessions: number, size: Size): Deployment {
  return { load: { sessions, messages: sessions * messagesASession, webhooks: true }, size };
}

/** From a trial to the largest that was thought through; a million is several of a part each. */
export const sizes = {
  "10": { deployments: 1, each: deployment(10, usual) },
  "1,000": { deployments: 1, each: deployment(1_000, usual) },
  "100,000": { deployments: 1, each: deployment(100_000, large) },
  "1,000,000": { deployments: 10, each: deployment(100_000, large) },
} as const satisfies Record<string, { deployments: number; each: Deployment }>;
