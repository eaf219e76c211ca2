// Items of the `fleet` table: which sessions want to be connected (written by the API, followed by
// the runner), which worker holds which shard, the workers' heartbeats, and answers to questions.
import type { QuestionFailure, QuestionKind } from "../contracts/question.ts";
import type { SessionSettings } from "../contracts/session-settings.ts";

/** Exists exactly while a session wants to be connected. */
export type WantedItem = {
  pk: string;
  sk: string;
  sessionId: string;
  accountId: string;
  /** Made anew by each connect, so that an older ending cannot undo a newer wish. */
  connectId: string;
  /** Digits of the phone that shall link by a code. */
  phone?: string;
  settings?: SessionSettings;
};

export function wantedKey(shard: number, sessionId: string): { pk: string; sk: string } {
  return { pk: `shard#${shard}`, sk: `wanted#${sessionId}` };
}

export const wantedPrefix = "wanted#";

/** Until it expires one worker runs, although no session may want to be connected. */
export type AwaitedItem = { pk: string; sk: string; expiresAt: number };

export function awaitedKey(): { pk: string; sk: string } {
  return { pk: "fleet", sk: "awaited" };
}

/** Who holds a shard. Decides who should own; the journal decides who does. */
export type ShardItem = {
  pk: string;
  sk: string;
  shard: number;
  /** Empty when released: the next worker may take it at once. */
  workerId: string;
  /** Raised by each claim: the condition of the next one. */
  generation: number;
  /** The former owner while it still has sessions of the shard connected: see decision 6. */
  giver?: string;
  /** The owner is ready for the sessions up to this id; the giver serves the whole shard until then. */
  asked?: string;
  /** The giver has let go of the sessions up to this id. */
  given?: string;
};

/** Comes after every session's id. */
export const afterAllSessions = "~";

export function shardKey(shard: number): { pk: string; sk: string } {
  return { pk: shardsPartition, sk: String(shard).padStart(5, "0") };
}

/** All shards' owners are one Query. */
export const shardsPartition = "shards";

export type WorkerItem = {
  pk: string;
  sk: string;
  workerId: string;
  /** Counts up with each heartbeat; a watcher sees whether it moved, never what time it says. */
  beat: number;
  draining: boolean;
  /** When the oldest command in hand was queued, in milliseconds since 1970; absent without one. */
  oldestCommandAt?: number;
  expiresAt: number;
};

export function workerKey(workerId: string): { pk: string; sk: string } {
  return { pk: workersPartition, sk: workerId };
}

export const workersPartition = "workers";

/** What became of a question: written by the runner, read by whoever waits for it. */
export type ReplyItem = {
  pk: string;
  sk: string;
  accountId: string;
  question: QuestionKind;
  /** `begun` only of what may not be asked twice: what became of it is not known yet. */
  status: "begun" | "answered" | "failed";
  /** As JSON. */
  answer?: string;
  code?: QuestionFailure;
  detail?: string;
  /** Seconds since 1970. */
  expiresAt: number;
};

export function replyKey(sessionId: string, replyId: string): { pk: string; sk: string } {
  return { pk: `replies#${sessionId}`, sk: replyId };
}
