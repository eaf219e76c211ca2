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

/** What a message has become by some of its statuses, in one write. */
export async function projectMessageStatuses(
  { messages, noteChat }: DispatchDeps,
  events: EventOf<"message.status">[],
): Promise<void> {
  const [first, ...later] = events;
  if (!first) return;
  const furthest = later.reduce(
    (held, event) => (rankOf(event) > rankOf(held) ? event : held),
    first,
  );
  const { messageId, status, reason, detail } = furthest.data;
  const change = withTimes(
    toUpdate({ status, rank: rankOf(furthest), reason, detail, parkedIn: null }),
    timesOf(events),
  );
  await items.update(messages, messageKey(furthest.sessionId, messageId), {
    ...change,
    ConditionExpression: "attribute_exists(pk) AND #rank < :rank",
  });
  const sent = events.find(({ data }) => data.status === "sent");
  if (sent) await noteChat(sent, contactOf(sent.data.to));
}

function rankOf({ data }: EventOf<"message.status">): number {
  return statusRank[data.status];
}

/** When each was proven first. */
function timesOf(events: EventOf<"message.status">[]): Map<string, string> {
  const times = new Map<string, string>();
  for (const { at, data } of events) {
    for (const name of provenTimes[data.status]) if (!times.has(name)) times.set(name, at);
  }
  return times;
}

/** Sets each time unless an earlier event has. */
function withTimes(change: Change, times: Map<string, string>): Change {
  if (times.size === 0) return change;
  const names = [...times.keys()];
  const set = names.map((name) => `${name} = if_not_exists(${name}, :${name})`).join(", ");
  const values = names.map((name) => [`:${name}`, times.get(name)]);
  return {
    ...change,
    UpdateExpression: change.UpdateExpression?.replace(/^SET /, `SET ${set}, `),
    ExpressionAttributeValues: {
      ...change.ExpressionAttributeValues,
      ...Object.fromEntries(values),
    },
  };
}
