import { setTimeout as sleep } from "node:timers/promises";
import type { SendMessageBatchRequestEntry, SQSClient } from "@aws-sdk/client-sqs";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { traceAttribute } from "#shared/aws/trace-attribute.ts";
import type { EventBatch } from "#shared/contracts/event.ts";
import { toQueueText } from "#shared/queue-text.ts";
import type { Trust } from "../journal/trust.ts";

/** SQS takes this many messages in one request. */
const batchLimit = 10;
/** Below SQS's 1 MiB for a request, with room for its own overhead. */
const bytesLimit = 900 * 1024;
/** Requests under way at once; what comes meanwhile travels together after them. */
const inFlightLimit = 4;
const retryDelaysMs = [100, 200, 500, 1_000, 2_000];

export type QueueSender = {
  /**
   * Resolves when the events queue has it; tries for as long as it takes, unless it is void: its
   * session has another owner.
   */
  send(
    batch: EventBatch,
    deduplicationId: string,
    isVoid: () => boolean,
    trace?: string,
  ): Promise<void>;
  /** Gives up what is not sent yet. */
  stop(): void;
};

type Waiting = {
  body: string;
  group: string;
  id: string;
  isVoid: () => boolean;
  trace: string | undefined;
  resolve(): void;
  reject(error: Error): void;
};

/** Sends event batches of all of a worker's sessions, several in one request. */
export function createQueueSender(sqs: SQSClient, queueUrl: string, trust: Trust): QueueSender {
  const waiting: Waiting[] = [];
  let running = false;
  let inFlight = 0;
  const stopping = new AbortController();

  async function attempt(entries: Waiting[]): Promise<Waiting[]> {
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries.map(toEntry) }),
    );
    const failed = new Set(Failed.map(({ Id }) => Number(Id)));
    entries.forEach((entry, index) => {
      if (!failed.has(index)) entry.resolve();
    });
    return entries.filter((_, index) => failed.has(index));
  }

  async function tryOnce(entries: Waiting[]): Promise<Waiting[]> {
    if (!trust.sure) await trust.whenSure();
    const current = entries.filter(isWanted);
    if (current.length === 0) return current;
    return attempt(current).catch(() => current);
  }

  async function sendAll(entries: Waiting[]): Promise<void> {
    inFlight += 1;
    let left = await tryOnce(entries);
    inFlight -= 1;
    // Whatever the queue does not take goes on trying, and keeps nobody else waiting.
    if (waiting.length > 0 && !running) void run();
    for (let round = 0; left.length > 0 && !stopping.signal.aborted; round += 1) {
      await sleep(retryDelaysMs[Math.min(round, retryDelaysMs.length - 1)]);
      left = await tryOnce(left);
    }
    for (const entry of left) entry.reject(new Error("the worker has stopped"));
  }

  async function run(): Promise<void> {
    running = true;
    // What the current turn of the event loop adds travels along.
    await new Promise((resolve) => setImmediate(resolve));
    running = false;
    while (waiting.length > 0 && inFlight < inFlightLimit) void sendAll(takeBatch(waiting));
  }

  return {
    send(batch, deduplicationId, isVoid, trace) {
      if (stopping.signal.aborted) return Promise.reject(new Error("the worker has stopped"));
      return new Promise((resolve, reject) => {
        const body = toQueueText(batch);
        waiting.push({
          body,
          group: batch.sessionId,
          id: deduplicationId,
          isVoid,
          trace,
          resolve,
          reject,
        });
        if (!running) void run();
      });
    },
    stop() {
      stopping.abort();
      for (const entry of waiting.splice(0)) entry.reject(new Error("the worker has stopped"));
    },
  };
}

function isWanted(entry: Waiting): boolean {
  if (!entry.isVoid()) return true;
  entry.reject(new Error("another worker has this session"));
  return false;
}

function takeBatch(waiting: Waiting[]): Waiting[] {
  const batch: Waiting[] = [];
  let bytes = 0;
  for (let next = waiting[0]; next && batch.length < batchLimit; next = waiting[0]) {
    bytes += Buffer.byteLength(next.body);
    if (batch.length > 0 && bytes > bytesLimit) break;
    batch.push(next);
    waiting.shift();
  }
  return batch;
}

function toEntry(entry: Waiting, index: number): SendMessageBatchRequestEntry {
  return {
    Id: String(index),
    MessageBody: entry.body,
    MessageGroupId: entry.group,
    MessageDeduplicationId: entry.id,
    ...traceAttribute(entry.trace),
  };
}
