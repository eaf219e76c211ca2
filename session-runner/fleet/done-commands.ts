import type { SQSClient } from "@aws-sdk/client-sqs";
import { DeleteMessageBatchCommand } from "@aws-sdk/client-sqs";

/** SQS deletes so many messages in one request. */
const batchLimit = 10;

/** Short beside a message's way through WhatsApp, long enough to share a request. */
const lingerMs = 30;

export type DoneCommands = {
  /** Resolves when the queue has forgotten the command, or has been asked to in vain. */
  remove(receiptHandle: string): Promise<void>;
};

type Batch = {
  receiptHandles: string[];
  deleted: Promise<void>;
  leave: () => void;
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
  let open: Batch | undefined;

  function begin(): Batch {
    const receiptHandles: string[] = [];
    const { promise, resolve: leave } = Promise.withResolvers<void>();
    const linger = setTimeout(leave, lingerMs);
    const deleted = promise.then(async () => {
      clearTimeout(linger);
      if (open?.receiptHandles === receiptHandles) open = undefined;
      const Entries = receiptHandles.map((ReceiptHandle, index) => ({
        Id: String(index),
        ReceiptHandle,
      }));
      await sqs
        .send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }))
        .catch(onMissed);
    });
    return { receiptHandles, deleted, leave };
  }

  return {
    remove(receiptHandle) {
      const batch = (open ??= begin());
      batch.receiptHandles.push(receiptHandle);
      if (batch.receiptHandles.length === batchLimit) {
        open = undefined;
        batch.leave();
      }
      return batch.deleted;
    },
  };
}
