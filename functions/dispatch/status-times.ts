import type { Change } from "#functions/store/items.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import type { MessageStatus } from "#shared/contracts/message-status.ts";

export type StatusEvent = EventOf<"message.status">;

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

export function furthestOf(events: StatusEvent[]): StatusEvent | undefined {
  return events.reduce<StatusEvent | undefined>(
    (held, event) => (held && rankOf(held) >= rankOf(event) ? held : event),
    undefined,
  );
}

export function rankOf({ data }: StatusEvent): number {
  return statusRank[data.status];
}

/** When each was proven first. */
export function timesOf(
  events: { at: string; data: { status: MessageStatus } }[],
): Map<string, string> {
  const times = new Map<string, string>();
  for (const { at, data } of events) {
    for (const name of provenTimes[data.status]) if (!times.has(name)) times.set(name, at);
  }
  return times;
}

/** Sets each time unless an earlier event has. */
export function withTimes(change: Change, times: Map<string, string>): Change {
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
