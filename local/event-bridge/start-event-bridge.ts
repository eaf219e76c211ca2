import { randomUUID } from "node:crypto";
import { AwsError } from "#local/stand-in/aws-error.ts";
import { startAwsJsonServer } from "#local/stand-in/aws-json-server.ts";
import type { StandIn, StandInOptions } from "#local/stand-in/stand-in.ts";

/** An event as it was put on a bus. */
export type BusEntry = {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Detail: string;
  Resources?: string[];
};

export type EventBridgeStandIn = StandIn & { entries: BusEntry[] };

const mostEntries = 10;
const mostBytes = 1024 * 1024;

/** Starts a local EventBridge that takes events and keeps them for whoever looks. */
export async function startEventBridge(options: StandInOptions = {}): Promise<EventBridgeStandIn> {
  const entries: BusEntry[] = [];
  const server = await startAwsJsonServer(
    {
      protocol: "1.1",
      target: "AWSEvents",
      errorNamespace: "com.amazonaws.eventbridge",
      operations: {
        PutEvents: ({ Entries }: { Entries: BusEntry[] }) => {
          requireLimits(Entries);
          entries.push(...Entries);
          return { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: randomUUID() })) };
        },
      },
      throttled: () => new AwsError("ThrottlingException", "Rate exceeded"),
      meterName: "events",
    },
    options,
  );
  return { ...server, entries };
}

function requireLimits(entries: BusEntry[]): void {
  const bytes = entries.reduce((sum, { Detail }) => sum + Buffer.byteLength(Detail), 0);
  if (entries.length === 0 || entries.length > mostEntries || bytes > mostBytes) {
    const what = `${entries.length} entries of ${bytes} bytes`;
    throw new AwsError("ValidationException", `${what} do not fit into one request`);
  }
}
