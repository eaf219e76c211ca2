import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { sourceOf } from "#shared/contracts/account-event.ts";
import { Refused } from "#functions/refused.ts";
import { bySize } from "./by-size.ts";
import type { Sink } from "./sink.ts";

/** Puts events on an EventBridge bus: `detail` is the event, `detail-type` its type. */
export function createBusSink(client: EventBridgeClient, bus: string): Sink {
  return async (events) => {
    for (const batch of bySize(events)) {
      const { FailedEntryCount = 0, Entries = [] } = await client.send(
        new PutEventsCommand({
          Entries: batch.map(({ event, body }) => ({
            EventBusName: bus,
            Source: "wafleet",
            DetailType: event.type,
            Detail: body,
            Resources: [sourceOf(event)],
            Time: new Date(event.at),
          })),
        }),
      );
      if (FailedEntryCount === 0) continue;
      const code = Entries.find(({ ErrorCode }) => ErrorCode)?.ErrorCode;
      throw new Refused(`the event bus refused ${FailedEntryCount} events: ${code}`);
    }
  };
}
