import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import pMap from "p-map";
import type { WafleetEvent } from "#shared/contracts/event.ts";
import { messageKey } from "#shared/items/message-item.ts";

/** The statuses after which nobody sends a message any more. */
const ends = new Set(["sent", "failed", "unknown"]);

/** The dispatcher's part: stores that a message waits no more. */
export function storeStatuses(database: DynamoDBDocumentClient) {
  async function store(event: WafleetEvent): Promise<void> {
    if (event.type !== "message.status" || !ends.has(event.data.status)) return;
    const { messageId, status } = event.data;
    const update = new UpdateCommand({
      TableName: "messages",
      Key: messageKey(event.sessionId, messageId),
      UpdateExpression: "SET #status = :status REMOVE parkedIn",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":status": status },
    });
    // While the stores are down nothing is projected, here as in a deployment.
    await database.send(update).catch(() => undefined);
  }

  return (events: WafleetEvent[]) => pMap(events, store, { concurrency: 20 });
}
