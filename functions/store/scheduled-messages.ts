// Messages that are to leave later: until the clock has taken them up they are in the index of what
// is due.
import { statusRank } from "#shared/contracts/message-status.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";
import { inQueueUntil } from "./offline-messages.ts";
import { toUpdate } from "./to-update.ts";

/** A place in that index; with its shard once the message was looked at. */
export type DueMessage = ItemKey & { dueAt: number; shard?: number };

/** Those that have not been taken up yet, in the order in which they are due and were accepted. */
export async function findWaiting(messages: Table, due: DueMessage[]): Promise<MessageItem[]> {
  const found = await items.findMany<MessageItem>(
    messages,
    due.map(({ pk, sk }) => ({ pk, sk })),
  );
  return found.filter(({ dueIn }) => dueIn === "due").toSorted(byTime);
}

/** In the order of acceptance where they are due at the same time. */
export function byTime(a: Pick<MessageItem, "dueAt" | "sk">, b: typeof a): number {
  return (a.dueAt ?? 0) - (b.dueAt ?? 0) || (a.sk < b.sk ? -1 : 1);
}

/**
 * It is for its session's worker from now on, and waits for it in the queue if the session cannot send.
 * Who gave it its fate meanwhile has taken it out of the index as well.
 */
export async function takeUp(
  messages: Table,
  { pk, sk }: MessageItem,
  { waits }: { waits: boolean },
): Promise<void> {
  const place = waits ? inQueueUntil(messages.now()) : { dueIn: null, dueAt: null };
  const change = toUpdate(place);
  await items.update(
    messages,
    { pk, sk },
    {
      ...change,
      ConditionExpression: "#dueIn = :due",
      ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ":due": "due" },
    },
  );
}

/**
 * Cancels a message that was scheduled; false when it leaves or has left. Its worker notes here that
 * it is about to send it, on condition that it is queued: of the two, the first to write wins.
 */
export function cancel(messages: Table, { pk, sk }: MessageItem): Promise<boolean> {
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
      ConditionExpression:
        "attribute_exists(sendAt) AND #status = :queued AND attribute_not_exists(departure)",
      ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ":queued": "queued" },
    },
  );
}
