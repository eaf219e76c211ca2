import type { SendWork, WorkOnce } from "#functions/send-work.ts";
import * as items from "#functions/store/items.ts";
import type { ItemKey, Table } from "#functions/store/items.ts";
import { deliveryPrefix } from "#functions/store/webhook-deliveries.ts";

export type WebhooksDeps = { webhooks: Table; sendWork: SendWork };

/** What the index of due things holds of a place or a delivery. */
type DueItem = ItemKey & { accountId: string; source: string; dueAt: number };

/** The rest is due at the next call as well. */
const limit = 2_000;

/** Puts everything that is due into the queue; what is there already the queue drops. */
export async function wakeWebhooks({ webhooks, sendWork }: WebhooksDeps): Promise<void> {
  const due = items.query<DueItem>(webhooks, {
    IndexName: "due",
    ConsistentRead: false,
    KeyConditionExpression: "dueIn = :due AND dueAt <= :now",
    ExpressionAttributeValues: { ":due": "due", ":now": webhooks.now() },
  });
  const all: WorkOnce[] = [];
  for await (const item of due) {
    all.push(toWork(item));
    if (all.length === limit) break;
  }
  await sendWork(all);
}

function toWork({ pk: webhookId, sk, accountId, source, dueAt }: DueItem): WorkOnce {
  const once = `${webhookId} ${sk} due ${dueAt}`;
  if (!sk.startsWith(deliveryPrefix)) {
    const type = "webhook.follow.v1";
    return { work: { type, accountId, webhookId, source, first: "0.0" }, once };
  }
  const deliveryId = sk.slice(deliveryPrefix.length);
  return { work: { type: "webhook.retry.v1", accountId, webhookId, deliveryId }, once };
}
