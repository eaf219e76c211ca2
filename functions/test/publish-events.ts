import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { EventBatch, WafleetEvent } from "#shared/contracts/event.ts";
import type { Owner } from "./events.ts";

/** Puts a session's next events into the events queue as a runner does: one message, in order. */
export async function publishEvents(
  { client, url }: { client: SQSClient; url: string },
  owner: Owner,
  events: WafleetEvent[],
): Promise<void> {
  const batch: EventBatch = { type: "events.append.v1", ...owner, events };
  await client.send(
    new SendMessageCommand({
      QueueUrl: url,
      MessageBody: JSON.stringify(batch),
      MessageGroupId: owner.sessionId,
      MessageDeduplicationId: `${owner.sessionId}:${events[0]?.cursor}`,
    }),
  );
}
