import * as items from "#functions/store/items.ts";
import type { Change } from "#functions/store/items.ts";
import { expiryAt } from "#functions/store/expiry.ts";
import { contactOf, keptAddress } from "#shared/address.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import type { MessageStatus } from "#shared/contracts/message-status.ts";
import { messageKey, recipientKey } from "#shared/items/message-item.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { toUpdate } from "#functions/store/to-update.ts";

type StatusEvent = EventOf<"message.status">;

const dayMs = 24 * 3_600_000;

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
  deps: DispatchDeps,
  events: StatusEvent[],
): Promise<void> {
  const { messages, noteChat } = deps;
  const furthest = furthestOf(events);
  if (!furthest) return;
  const { messageId, status, reason, detail } = furthest.data;
  const change = withTimes(
    toUpdate({ status, rank: rankOf(furthest), reason, detail, parkedIn: null }),
    timesOf(events),
  );
  await items.update(messages, messageKey(furthest.sessionId, messageId), {
    ...change,
    ConditionExpression: "attribute_exists(pk) AND #rank < :rank",
  });
  await projectRecipients(deps, events);
  const sent = events.find(({ data }) => data.status === "sent");
  if (sent) await noteChat(sent, contactOf(sent.data.to));
}

/** How far each member of a group has come, an item a member: one write for all that is new of one. */
async function projectRecipients(
  { messages, retentionOf }: DispatchDeps,
  events: StatusEvent[],
): Promise<void> {
  const byPerson = Object.groupBy(events, ({ data }) =>
    data.recipient ? keptAddress(data.recipient) : "",
  );
  for (const [person, about = []] of Object.entries(byPerson)) {
    const furthest = furthestOf(about);
    if (person === "" || !furthest) continue;
    const { messageId, status, recipient } = furthest.data;
    const days = await retentionOf(furthest.accountId, furthest.sessionId);
    const expiresAt = expiryAt(Date.parse(furthest.at) + days * dayMs);
    const change = withTimes(
      toUpdate({ status, rank: rankOf(furthest), recipient, expiresAt }),
      timesOf(about),
    );
    await items.update(messages, recipientKey(furthest.sessionId, messageId, person), {
      ...change,
      ConditionExpression: "attribute_not_exists(#rank) OR #rank < :rank",
    });
  }
}

function furthestOf(events: StatusEvent[]): StatusEvent | undefined {
  return events.reduce<StatusEvent | undefined>(
    (held, event) => (held && rankOf(held) >= rankOf(event) ? held : event),
    undefined,
  );
}

function rankOf({ data }: StatusEvent): number {
  return statusRank[data.status];
}

/** When each was proven first. */
function timesOf(events: StatusEvent[]): Map<string, string> {
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
