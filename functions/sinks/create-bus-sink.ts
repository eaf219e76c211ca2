import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { eventBody } from "#functions/event-body.ts";
import { sourceOf } from "#shared/contracts/account-event.ts";
import { Refused } from "#functions/refused.ts";
import { sinkBytes } from "./sink.ts";
import type { Sink } from "./sink.ts";

/** Puts events on an EventBridge bus: `detail` is the event, `detail-type` its type. */
export function createBusSink(client: EventBridgeClient, bus: string): Sink {
  return async (events) => {
    const { FailedEntryCount = 0, Entries = [] } = await client.send(
      new PutEventsCommand({
        Entries: events.map((event) => ({
          EventBusName: bus,
          Source: "wafleet",
          DetailType: event.type,
          Detail: eventBody(event, sinkBytes),
          Resources: [sourceOf(event)],
          Time: new Date(event.at),
        })),
      }),
    );
    if (FailedEntryCount === 0) return;
    const code = Entries.find(({ ErrorCode }) => ErrorCode)?.ErrorCode;
    throw new Refused(`the event bus refused ${FailedEntryCount} events: ${code}`);
  };
}
