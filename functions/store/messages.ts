import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import * as items from "./items.ts";
import { toUpdate } from "./to-update.ts";
import type { Table } from "./items.ts";

export function find(
  messages: Table,
  sessionId: string,
  messageId: string,
): Promise<MessageItem | undefined> {
  return items.find<MessageItem>(messages, messageKey(sessionId, messageId));
}

/** False when a message of this id is there already. */
export function create(messages: Table, item: MessageItem): Promise<boolean> {
  return items.create(messages, item);
}

/**
 * Cancels a message that was scheduled and has not left; false when it has. Its worker looks here
 * before it sends.
 */
export function cancelScheduled(messages: Table, { pk, sk }: MessageItem): Promise<boolean> {
  const change = toUpdate({
    status: "failed",
    rank: statusRank.failed,
    reason: "cancelled",
    detail: "It was cancelled before it was sent.",
    failedAt: new Date(messages.now()).toISOString(),
    dueIn: null,
    dueAt: null,
    parkedIn: null,
  });
  return items.update(
    messages,
    { pk, sk },
    {
      ...change,
      ConditionExpression: "attribute_exists(sendAt) AND #status = :queued",
      ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ":queued": "queued" },
    },
  );
}
