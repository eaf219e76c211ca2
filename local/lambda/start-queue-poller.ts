import { setTimeout as wait } from "node:timers/promises";
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { failedMessageIds } from "./failed-message-ids.ts";
import { type QueueIdentity, toQueueIdentity, toSqsEvent } from "./sqs-event.ts";

export type QueuePollerOptions = {
  client: SQSClient;
  queueUrl: string;
  lambda: string;
  invoke: (lambda: string, event: unknown) => Promise<unknown>;
  /** Messages in one invocation, at most 10. */
  batchSize: number;
  /** The queue's own when absent. */
  visibilityTimeoutSeconds?: number;
  /** How many batches are worked on at a time; 2 by default. */
  concurrency?: number;
  /** Told about invocations and requests that failed; they are tried again in any case. */
  onError?: (error: unknown) => void;
};

export type QueuePoller = {
  /** Ends the waiting for messages at once and resolves when running invocations are done. */
  stop(): Promise<void>;
};

const longPollSeconds = 20;
const pauseAfterErrorMs = 500;

/** Feeds a queue's messages to a function, as Lambda's event source mapping does. */
export function startQueuePoller(options: QueuePollerOptions): QueuePoller {
  const stopping = new AbortController();
  const queue = options.client.config
    .region()
    .then((region) => toQueueIdentity(options.queueUrl, region));
  const pollers = Array.from({ length: options.concurrency ?? 2 }, () =>
    poll(options, queue, stopping.signal),
  );
  return {
    async stop() {
      stopping.abort();
      await Promise.all(pollers);
    },
  };
}

async function poll(
  options: QueuePollerOptions,
  queue: Promise<QueueIdentity>,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    try {
      const messages = await receive(options, stopping);
      if (messages.length > 0) await handle(options, await queue, messages);
    } catch (error) {
      if (stopping.aborted) return;
      options.onError?.(error);
      await wait(pauseAfterErrorMs, undefined, { signal: stopping }).catch(() => {});
    }
  }
}

async function receive(options: QueuePollerOptions, stopping: AbortSignal): Promise<Message[]> {
  const { Messages = [] } = await options.client.send(
    new ReceiveMessageCommand({
      QueueUrl: options.queueUrl,
      MaxNumberOfMessages: Math.min(options.batchSize, 10),
      WaitTimeSeconds: longPollSeconds,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
      ...(options.visibilityTimeoutSeconds !== undefined && {
        VisibilityTimeout: options.visibilityTimeoutSeconds,
      }),
    }),
    { abortSignal: stopping },
  );
  return Messages;
}

/** What failed stays in the queue until its visibility timeout brings it back. */
async function handle(
  options: QueuePollerOptions,
  queue: QueueIdentity,
  messages: Message[],
): Promise<void> {
  const ids = messages.map((message) => message.MessageId ?? "");
  const failed = await options
    .invoke(options.lambda, toSqsEvent(messages, queue))
    .then((result) => failedMessageIds(result, ids))
    .catch((error: unknown) => {
      options.onError?.(error);
      return new Set(ids);
    });
  const done = messages.filter((message) => !failed.has(message.MessageId ?? ""));
  const Entries = done.map((message, index) => ({
    Id: String(index),
    ReceiptHandle: message.ReceiptHandle,
  }));
  if (Entries.length === 0) return;
  await options.client.send(new DeleteMessageBatchCommand({ QueueUrl: options.queueUrl, Entries }));
}
