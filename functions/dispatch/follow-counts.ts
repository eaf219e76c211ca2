import * as items from "#functions/store/items.ts";
import type { ItemKey, Table } from "#functions/store/items.ts";
import { toUpdate } from "#functions/store/to-update.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { timesOf, withTimes } from "./status-times.ts";

/** What is counted of a group's members, furthest last, and where. */
export const counted = [
  ["delivered", "deliveredTo"],
  ["read", "readBy"],
  ["played", "playedBy"],
] as const;

export type Counts = Record<(typeof counted)[number][1], number>;

/**
 * As WhatsApp shows it, a message to a group is delivered when all have it, and read when all have
 * read it: one write each.
 */
export async function followCounts(
  messages: Table,
  key: ItemKey,
  message: Partial<MessageItem>,
  at: string,
): Promise<void> {
  const { recipientCount: total = 0 } = message;
  if (total === 0) return;
  const [status] = counted.findLast(([, name]) => (message[name] ?? 0) >= total) ?? [];
  if (status === undefined || (message.rank ?? 0) >= statusRank[status]) return;
  const rank = statusRank[status];
  await items.update(messages, key, {
    ...withTimes(toUpdate({ status, rank }), timesOf([{ at, data: { status } }])),
    ConditionExpression: "#rank < :rank",
  });
}
