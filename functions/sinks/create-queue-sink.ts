import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { sourceOf } from "#shared/contracts/account-event.ts";
import { Refused } from "#functions/refused.ts";
import { bySize } from "./by-size.ts";
import type { Sink } from "./sink.ts";

/** Sends events to an SQS queue, one a message; in a FIFO queue each source is a group of its own. */
export function createQueueSink(client: SQSClient, url: string): Sink {
  const isFifo = url.endsWith(".fifo");
  return async (events) => {
    for (const batch of bySize(events)) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: batch.map(({ event, body }, index) => ({
            Id: String(index),
            MessageBody: body,
            MessageAttributes: { type: { DataType: "String", StringValue: event.type } },
            ...(isFifo && { MessageGroupId: sourceOf(event), MessageDeduplicationId: event.id }),
          })),
        }),
      );
      const [failed] = Failed;
      if (failed) throw new Refused(`the queue for events refused some: ${failed.Code}`);
    }
  };
}
