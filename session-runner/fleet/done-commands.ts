import { setTimeout as sleep } from "node:timers/promises";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { DeleteMessageBatchCommand } from "@aws-sdk/client-sqs";

/** SQS deletes so many messages in one request. */
const batchLimit = 10;

/** Short beside a message's way through WhatsApp, long enough to share a request. */
const lingerMs = 20;

export type DoneCommands = {
  /** Resolves when the queue has forgotten the command, or has been asked to in vain. */
  remove(receiptHandle: string | undefined): Promise<void>;
};

/**
 * Deletes finished commands, several in one request. A miss does no harm: the command comes again,
 * under the same message id.
 */
export function createDoneCommands(
  sqs: SQSClient,
  queueUrl: string,
  onMissed: (error: unknown) => void,
): DoneCommands {
  let waiting: string[] = [];
  let next: Promise<void> | undefined;

  async function flush(): Promise<void> {
    await sleep(lingerMs);
    next = undefined;
    const handles = waiting;
    waiting = [];
    for (let start = 0; start < handles.length; start += batchLimit) {
      const Entries = handles
        .slice(start, start + batchLimit)
        .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs
        .send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
        .catch(onMissed);
    }
  }

  return {
    remove(receiptHandle) {
      if (receiptHandle !== undefined) waiting.push(receiptHandle);
      next ??= flush();
      return next;
    },
  };
}
