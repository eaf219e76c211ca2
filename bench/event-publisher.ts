import type { SQSClient } from "@aws-sdk/client-sqs";
import { makeEvent, messageStatusDraft } from "#functions/test/events.ts";
import type { Owner } from "#functions/test/events.ts";
import { publishEvents } from "#functions/test/publish-events.ts";
import { newId } from "#shared/ids.ts";

/** Publishes so many events; gives their ids and when that began. */
export type Publisher = (count: number) => Promise<{ ids: string[]; publishedAt: number }>;

/** Publishes a session's next events as one batch. */
export function createPublisher(
  queue: { client: SQSClient; url: string },
  owner: Owner,
): Publisher {
  let seq = 0;
  return async (count) => {
    const events = Array.from({ length: count }, () =>
      makeEvent(owner, `1.${(seq += 1)}`, messageStatusDraft(newId("message"), "sent")),
    );
    const publishedAt = performance.now();
    await publishEvents(queue, owner, events);
    return { ids: events.map(({ id }) => id), publishedAt };
  };
}
