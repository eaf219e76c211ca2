import * as deliveries from "#functions/store/webhook-deliveries.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import { deliveryPrefix } from "#functions/store/webhook-deliveries.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Has a delivery begin its schedule anew, now. Should the queue not hear of it, the clock does. */
export async function sendAgain(deps: WebhookDeps, delivery: DeliveryItem): Promise<DeliveryItem> {
  const now = deps.now();
  const { accountId, pk: webhookId, sk } = delivery;
  const due: DeliveryItem = {
    ...delivery,
    status: "retrying",
    count: 0,
    nextAt: now,
    dueIn: "due",
    dueAt: now,
    openIn: webhookId,
  };
  await deliveries.put(deps.webhooks, due);
  const deliveryId = sk.slice(deliveryPrefix.length);
  const work = { type: "webhook.retry.v1", accountId, webhookId, deliveryId } as const;
  await deps.sendWork([{ work, once: `${webhookId} ${sk} due ${now}` }]);
  return due;
}
