import type { SQSClient } from "@aws-sdk/client-sqs";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from "@aws-sdk/client-sqs";
import type { CallStore } from "./call-store.ts";
import type { SimulatedQueue } from "./simulated-queue.ts";

/** A client of the queues given, by their URLs. */
export function createSimulatedSqs(
  queues: ReadonlyMap<string, SimulatedQueue>,
  call: CallStore,
): SQSClient {
  function requireQueue(url: string | undefined): SimulatedQueue {
    const queue = queues.get(url ?? "");
    if (!queue) throw new Error(`there is no queue ${url}`);
    return queue;
  }

  function execute(command: object, signal: AbortSignal | undefined): object | Promise<object> {
    if (command instanceof SendMessageBatchCommand) {
      const { QueueUrl, Entries = [] } = command.input;
      for (const {
        MessageBody = "",
        MessageGroupId = "",
        MessageDeduplicationId = "",
      } of Entries) {
        requireQueue(QueueUrl).send(MessageBody, MessageGroupId, MessageDeduplicationId);
      }
      return {};
    }
    if (command instanceof ReceiveMessageCommand) {
      const { QueueUrl, MaxNumberOfMessages = 1, WaitTimeSeconds = 0 } = command.input;
      return requireQueue(QueueUrl)
        .receive(MaxNumberOfMessages, WaitTimeSeconds * 1_000, signal)
        .then((messages) => ({
          Messages: messages.map(({ id, body, handle, receives }) => ({
            MessageId: String(id),
            Body: body,
            ReceiptHandle: handle,
            Attributes: { ApproximateReceiveCount: String(receives) },
          })),
        }));
    }
    if (command instanceof DeleteMessageCommand) {
      requireQueue(command.input.QueueUrl).remove(command.input.ReceiptHandle ?? "");
      return {};
    }
    if (command instanceof DeleteMessageBatchCommand) {
      const { QueueUrl, Entries = [] } = command.input;
      const Failed = Entries.filter(({ ReceiptHandle = "" }) => {
        try {
          requireQueue(QueueUrl).remove(ReceiptHandle);
          return false;
        } catch {
          return true;
        }
      });
      return { Failed };
    }
    if (command instanceof ChangeMessageVisibilityCommand) {
      const { QueueUrl, ReceiptHandle = "", VisibilityTimeout = 0 } = command.input;
      requireQueue(QueueUrl).hide(ReceiptHandle, VisibilityTimeout * 1_000);
      return {};
    }
    throw new Error(`the simulated SQS does not know ${command.constructor.name}`);
  }

  const client = {
    send(command: object, options?: { abortSignal?: AbortSignal }) {
      const polls = command instanceof ReceiveMessageCommand;
      const signal = options?.abortSignal;
      return call(
        command.constructor.name.replace("Command", ""),
        () => execute(command, signal),
        polls ? { attempts: 1, timeoutMs: 25_000, signal } : { attempts: 3, timeoutMs: 2_000 },
      );
    },
  };
  return client as unknown as SQSClient;
}
