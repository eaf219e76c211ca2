import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { eventBody } from "#functions/event-body.ts";
import { sourceOf } from "#shared/contracts/account-event.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import { Refused } from "#functions/refused.ts";
import { sinkBytes } from "./sink.ts";
import type { Sink } from "./sink.ts";

/** Sends events to an SQS queue, one a message; in a FIFO queue each source is a group of its own. */
export function createQueueSink(client: SQSClient, url: string): Sink {
  const isFifo = url.endsWith(".fifo");
  return async (events) => {
    // 1 MiB is what one request may hold.
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

const requestBytes = 900 * 1024;

type Entry = { event: LoggedEvent; body: string };

function bySize(events: LoggedEvent[]): Entry[][] {
  const batches: Entry[][] = [];
  let size = Infinity;
  for (const event of events) {
    const body = eventBody(event, sinkBytes);
    size += Buffer.byteLength(body);
    if (size > requestBytes) {
      batches.push([]);
      size = Buffer.byteLength(body);
    }
    batches.at(-1)?.push({ event, body });
  }
  return batches;
}
