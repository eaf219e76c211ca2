// Messages for a session that cannot send. Their commands wait in the queue, behind those that came
// before them in their chat; but a queue forgets after two weeks. Before it does, the clock stores them
// as waiting. They have a key of their own in the index of what is due: however many there are, none
// gets in the way of a scheduled message, nor is taken for one and sent again, also not by the clock of
// an earlier release, which does not see them.
import type { MessageItem } from "#shared/items/message-item.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";
import { toUpdate } from "./to-update.ts";

/** A day is left for the clock to come to it. */
const inQueueMs = 13 * 24 * 3_600_000;

const pageSize = 500;

/** The place in the index of one that is queued now. */
export function inQueueUntil(now: number): Required<Pick<MessageItem, "dueIn" | "dueAt">> {
  return { dueIn: "keep", dueAt: now + inQueueMs };
}

/** Those that have been in the queue for that long, the oldest first. */
export function pagesOfDue(messages: Table): AsyncGenerator<ItemKey[]> {
  return items.pages<ItemKey>(messages, {
    IndexName: "due",
    ConsistentRead: false,
    KeyConditionExpression: "dueIn = :keep AND dueAt <= :now",
    ExpressionAttributeValues: { ":keep": "keep", ":now": messages.now() },
    Limit: pageSize,
  });
}

/** It waits as an item from now on, unless it has its fate: that nothing is left to be done for it. */
export async function keep(messages: Table, { pk, sk }: ItemKey): Promise<void> {
  const gone = { dueIn: null, dueAt: null };
  if (await change(messages, { pk, sk }, { ...gone, parkedIn: pk }, "queued")) return;
  // An earlier release's dispatcher leaves it in the index.
  await change(messages, { pk, sk }, gone);
}

function change(
  messages: Table,
  key: ItemKey,
  attributes: Partial<Record<keyof MessageItem, unknown>>,
  status?: MessageItem["status"],
): Promise<boolean> {
  const update = toUpdate(attributes);
  const isSo = status === undefined ? "" : " AND #status = :status";
  return items.update(messages, key, {
    ...update,
    ConditionExpression: `#dueIn = :keep${isSo}`,
    ExpressionAttributeNames: {
      ...update.ExpressionAttributeNames,
      ...(status !== undefined && { "#status": "status" }),
    },
    ExpressionAttributeValues: {
      ...update.ExpressionAttributeValues,
      ":keep": "keep",
      ...(status !== undefined && { ":status": status }),
    },
  });
}
