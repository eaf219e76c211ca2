// How far the members of a group have come with a message.
import { expiryAt } from "#functions/store/expiry.ts";
import * as items from "#functions/store/items.ts";
import { toUpdate } from "#functions/store/to-update.ts";
import { keptAddress } from "#shared/address.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import { messageKey, recipientKey, recipientPrefix } from "#shared/items/message-item.ts";
import type { MessageItem, RecipientItem } from "#shared/items/message-item.ts";
import { counted, followCounts } from "./follow-counts.ts";
import type { Counts } from "./follow-counts.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { furthestOf, rankOf, timesOf, withTimes } from "./status-times.ts";
import type { StatusEvent } from "./status-times.ts";

const dayMs = 24 * 3_600_000;

/**
 * An item a member: one write for all that is new of one, and one for the counts of the message. A
 * crash in between leaves the counts behind, so that what comes again counts the items themselves.
 * False when the message is gone: then nothing is kept of its members.
 */
export async function projectRecipients(
  deps: DispatchDeps,
  events: StatusEvent[],
  isAgain: boolean,
): Promise<boolean> {
  const [first] = events;
  if (!first) return true;
  const byPerson = Object.groupBy(events, ({ data }) =>
    data.recipient ? keptAddress(data.recipient) : "",
  );
  const news: Counts = { deliveredTo: 0, readBy: 0, playedBy: 0 };
  for (const [person, about = []] of Object.entries(byPerson)) {
    const furthest = furthestOf(about);
    if (!furthest) continue;
    const before = await projectRecipient(deps, person, furthest, about);
    if (before === undefined) continue;
    for (const [status, name] of counted) {
      if (before < statusRank[status] && statusRank[status] <= rankOf(furthest)) news[name] += 1;
    }
  }
  const counts = isAgain ? await recount(deps, first) : news;
  if (await count(deps, events, counts, isAgain)) return true;
  const { sessionId, data } = first;
  for (const person of Object.keys(byPerson)) {
    await items.remove(deps.messages, recipientKey(sessionId, data.messageId, person));
  }
  return false;
}

/** The rank that the member had before; undefined when there is nothing new of it. */
async function projectRecipient(
  { messages, retentionOf }: DispatchDeps,
  person: string,
  furthest: StatusEvent,
  about: StatusEvent[],
): Promise<number | undefined> {
  const { sessionId, accountId, at, data } = furthest;
  const { messageId, status, recipient } = data;
  const expiresAt = expiryAt(Date.parse(at) + (await retentionOf(accountId, sessionId)) * dayMs);
  const change = withTimes(
    toUpdate({ status, rank: rankOf(furthest), recipient, expiresAt }),
    timesOf(about),
  );
  const key = recipientKey(sessionId, messageId, person);
  const ConditionExpression = "attribute_not_exists(#rank) OR #rank < :rank";
  const update = { ...change, ConditionExpression };
  const before = await items.updateAndRead<RecipientItem>(messages, key, update, "ALL_OLD");
  return before && (before.rank ?? 0);
}

async function recount(
  { messages }: DispatchDeps,
  { sessionId, data }: StatusEvent,
): Promise<Counts> {
  const all = items.query<RecipientItem>(messages, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": sessionId, ":prefix": recipientPrefix(data.messageId) },
  });
  const counts: Counts = { deliveredTo: 0, readBy: 0, playedBy: 0 };
  for await (const { rank } of all) {
    for (const [status, name] of counted) if (rank >= statusRank[status]) counts[name] += 1;
  }
  return counts;
}

/** False when there is no such message. */
async function count(
  { messages }: DispatchDeps,
  events: StatusEvent[],
  counts: Counts,
  isWhole: boolean,
): Promise<boolean> {
  const [first] = events;
  const entries = Object.entries(counts).filter(([, amount]) => amount > 0);
  if (!first || entries.length === 0) return true;
  const clauses = entries.map(([name]) => `${name} ${isWhole ? "= " : ""}:${name}`).join(", ");
  const key = messageKey(first.sessionId, first.data.messageId);
  const change = {
    UpdateExpression: `${isWhole ? "SET" : "ADD"} ${clauses}`,
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: Object.fromEntries(
      entries.map(([name, amount]) => [`:${name}`, amount]),
    ),
  };
  const message = await items.updateAndRead<MessageItem>(messages, key, change, "ALL_NEW");
  if (message) await followCounts(messages, key, message, events.at(-1)?.at ?? first.at);
  return message !== undefined;
}
