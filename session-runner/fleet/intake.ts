// Commands of one shard: long polls, hands each to its session, deletes it when it is done.
import { setTimeout as sleep } from "node:timers/promises";
import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { Logger } from "pino";
import { commandIds, commandSchema } from "#shared/contracts/command.ts";
import type { Command } from "#shared/contracts/command.ts";
import { queues } from "#shared/resources/queues.ts";
import { withTrace } from "../events/trace.ts";
import { createDoneCommands } from "./done-commands.ts";
import type { Fate } from "../session/outbox-message.ts";

/** Commands of one shard under way at once; beyond it the queue keeps them. */
const inFlightLimit = 1_000;

export type Intake = {
  /** Stops taking commands. Those under way go on: see `settled`. */
  stop(): void;
  /** When the oldest command under way was queued, in milliseconds since 1970. */
  oldest(): number | undefined;
  /** Resolves when every command taken is done or returned. */
  settled(): Promise<void>;
};

export type IntakeOptions = {
  /** For long polls. */
  consumer: SQSClient;
  /** For everything else. */
  sqs: SQSClient;
  queueUrl: string;
  /** @param deliveries how many times the queue has handed it out */
  handle: (command: Command, deliveries: number) => Promise<Fate>;
  log: Logger;
  /** Hears how long each command had waited in its queue. */
  onTaken?: (waitedMs: number) => void;
};

export function startIntake(options: IntakeOptions): Intake {
  const { consumer, sqs, queueUrl, handle, log } = options;
  const stopping = new AbortController();
  const done = createDoneCommands(sqs, queueUrl, (err) =>
    log.warn({ queueUrl, err }, "finished commands could not be deleted"),
  );
  /** With when each was queued. */
  const underWay = new Map<Promise<void>, number>();

  async function takeOne(message: Message): Promise<void> {
    const receipt = { QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle ?? "" };
    const parsed = parseCommand(message.Body ?? "");
    if (!parsed) {
      // Left alone, it goes to the dead-letter queue, where a person can look at it.
      const { MessageId: sqsMessageId } = message;
      log.error({ sqsMessageId }, "command is malformed or of an unknown type");
      return;
    }
    const ids = commandIds(parsed);
    log.debug(ids, "command was taken");
    const { SentTimestamp, AWSTraceHeader, ApproximateReceiveCount } = message.Attributes ?? {};
    const deliveries = Number(ApproximateReceiveCount ?? 1);
    if (SentTimestamp !== undefined) options.onTaken?.(Date.now() - Number(SentTimestamp));
    const keepInvisible = holdMessage(sqs, receipt);
    try {
      const fate = await withTrace(AWSTraceHeader, () => handle(parsed, deliveries));
      clearInterval(keepInvisible);
      log.debug({ ...ids, fate }, "command was handled");
      if (fate !== "return") await done.remove(receipt.ReceiptHandle);
      else await giveBack(sqs, receipt);
    } catch (err) {
      log.error({ ...ids, err }, "command failed");
    } finally {
      clearInterval(keepInvisible);
    }
  }

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (underWay.size >= inFlightLimit) await Promise.race(underWay.keys());
      const messages = await receive();
      for (const message of messages) {
        const taken = takeOne(message).finally(() => underWay.delete(taken));
        underWay.set(taken, Number(message.Attributes?.SentTimestamp ?? Number.NaN));
      }
    }
  }

  async function receive(): Promise<Message[]> {
    try {
      const answer = await consumer.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: 20,
          MessageSystemAttributeNames: [
            "SentTimestamp",
            "AWSTraceHeader",
            "ApproximateReceiveCount",
          ],
        }),
        { abortSignal: stopping.signal },
      );
      return answer.Messages ?? [];
    } catch (err) {
      if (stopping.signal.aborted) return [];
      log.warn({ queueUrl, err }, "commands cannot be received, trying again");
      await sleep(1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
      return [];
    }
  }

  const polling = poll();
  return {
    stop: () => stopping.abort(),
    oldest() {
      const times = [...underWay.values()].filter((time) => !Number.isNaN(time));
      return times.length === 0 ? undefined : Math.min(...times);
    },
    async settled() {
      await polling;
      await Promise.all(underWay.keys());
    },
  };
}

function parseCommand(body: string): Command | undefined {
  try {
    return commandSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

type Receipt = { QueueUrl: string; ReceiptHandle: string };

/** A command that takes long stays with this worker as long as this worker lives. */
function holdMessage(sqs: SQSClient, receipt: Receipt): NodeJS.Timeout {
  const seconds = queues.commands.visibilityTimeoutSeconds;
  return setInterval(
    () => {
      const hold = new ChangeMessageVisibilityCommand({ ...receipt, VisibilityTimeout: seconds });
      // A miss does no harm: the command comes again, under the same message id.
      sqs.send(hold).catch(() => undefined);
    },
    (seconds * 1_000) / 2,
  );
}

/** Visible at once for the shard's next owner. */
async function giveBack(sqs: SQSClient, receipt: Receipt): Promise<void> {
  await sqs.send(new ChangeMessageVisibilityCommand({ ...receipt, VisibilityTimeout: 0 }));
}
