import { DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { eventBatchSchema } from "#shared/contracts/event.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";

/** Takes events from their queue, as the dispatcher would, until it is stopped. */
export function collectEvents(
  queue: SQSClient,
  queueUrl: string,
  take: (events: WafleetEvent[]) => unknown,
) {
  const stopping = new AbortController();
  const about = { QueueUrl: queueUrl };

  async function collect(): Promise<void> {
    while (!stopping.signal.aborted) {
      const receive = { ...about, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 };
      const { Messages = [] } = await queue
        .send(new ReceiveMessageCommand(receive), { abortSignal: stopping.signal })
        .catch(() => ({ Messages: [] }));
      if (Messages.length === 0) continue;
      const batches = Messages.map(({ Body = "" }) => eventBatchSchema.parse(JSON.parse(Body)));
      await take(batches.flatMap(({ events }) => events));
      const Entries = Messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
      // What could not be deleted comes again.
      await queue.send(new DeleteMessageBatchCommand({ ...about, Entries })).catch(() => undefined);
    }
  }

  const collecting = collect();
  return {
    stop: async () => {
      stopping.abort();
      await collecting;
    },
  };
}
