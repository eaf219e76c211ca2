import * as items from "#functions/store/items.ts";
import type { Change } from "#functions/store/items.ts";
import { contactOf } from "#shared/address.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import type { MessageStatus } from "#shared/contracts/message-status.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { toUpdate } from "#functions/store/to-update.ts";

/** The times that a status proves: a message that was read has been sent and delivered as well. */
const provenTimes: Record<MessageStatus, string[]> = {
  queued: [],
  unknown: [],
  failed: ["failedAt"],
  sent: ["sentAt"],
  delivered: ["sentAt", "deliveredAt"],
  read: ["sentAt", "deliveredAt", "readAt"],
  played: ["sentAt", "deliveredAt", "readAt", "playedAt"],
};

export async function projectMessageStatus(
  { messages, noteChat }: DispatchDeps,
  { sessionId, accountId, at, data }: EventOf<"message.status">,
): Promise<void> {
  const { messageId, status, reason, detail } = data;
  const rank = statusRank[status];
  const change = withTimes(
    toUpdate({ status, rank, reason, detail, parkedIn: null }),
    provenTimes[status],
    at,
  );
  await items.update(messages, messageKey(sessionId, messageId), {
    ...change,
    ConditionExpression: "attribute_exists(pk) AND #rank < :rank",
  });
  if (status === "sent") await noteChat({ sessionId, accountId }, contactOf(data.to));
}

/** Sets each time unless an earlier event has. */
function withTimes(change: Change, names: string[], at: string): Change {
  if (names.length === 0) return change;
  const times = names.map((name) => `${name} = if_not_exists(${name}, :at)`).join(", ");
  return {
    ...change,
    UpdateExpression: change.UpdateExpression?.replace(/^SET /, `SET ${times}, `),
    ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ":at": at },
  };
}
