import type { WorkOnce } from "#functions/send-work.ts";
import * as deliveries from "#functions/store/webhook-deliveries.ts";
import { deliveryPrefix } from "#functions/store/webhook-deliveries.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import * as runs from "#functions/store/webhook-runs.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/**
 * Has an endpoint's deliveries begin their schedule anew, now, in this order. Should the queue not
 * hear of it, the clock does.
 */
export async function sendAgain(deps: WebhookDeps, again: DeliveryItem[]): Promise<DeliveryItem[]> {
  const now = deps.now();
  const all = again.map((delivery) => toDue(delivery, now));
  for (const delivery of all) await deliveries.put(deps.webhooks, delivery);
  for (const [sk, taken = []] of Object.entries(Object.groupBy(again, ({ run = "" }) => run))) {
    const [first] = taken;
    if (sk === "" || !first) continue;
    const gone = new Set(taken.map((delivery) => delivery.sk));
    await runs.takeOut(deps.webhooks, { pk: first.pk, sk }, gone);
  }
  await deps.sendWork(all.map(toWork));
  return all;
}

function toDue(delivery: DeliveryItem, now: number): DeliveryItem {
  const due: DeliveryItem = {
    ...delivery,
    status: "retrying",
    count: 0,
    nextAt: now,
    dueIn: "due",
    dueAt: now,
    openIn: delivery.pk,
  };
  delete due.run;
  return due;
}

function toWork({ accountId, pk: webhookId, sk, dueAt }: DeliveryItem): WorkOnce {
  const deliveryId = sk.slice(deliveryPrefix.length);
  const work = { type: "webhook.retry.v1", accountId, webhookId, deliveryId } as const;
  return { work, once: `${webhookId} ${sk} due ${dueAt}` };
}
