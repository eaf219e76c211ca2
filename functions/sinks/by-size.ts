import { eventBody } from "#functions/event-body.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";

/** SQS and EventBridge take 1 MiB in one request; this leaves room for what is around the events. */
const requestBytes = 900 * 1024;

/** What they take of one event, with room for what is around it. */
const eventBytes = 200 * 1024;

export type SinkEntry = { event: LoggedEvent; body: string };

/** Events as sinks get them, in as many requests as it takes. */
export function bySize(events: LoggedEvent[]): SinkEntry[][] {
  const batches: SinkEntry[][] = [];
  let size = Infinity;
  for (const event of events) {
    const body = eventBody(event, eventBytes);
    size += Buffer.byteLength(body);
    if (size > requestBytes) {
      batches.push([]);
      size = Buffer.byteLength(body);
    }
    batches.at(-1)?.push({ event, body });
  }
  return batches;
}
