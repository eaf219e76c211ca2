import * as eventLog from "#functions/store/event-log.ts";
import * as deliveries from "#functions/store/webhook-deliveries.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import type { WebhookWork } from "#shared/contracts/webhook-work.ts";
import { beforeCursor } from "./before-cursor.ts";
import type { DeliverDeps } from "./deliver-deps.ts";
import { deliverEvent, settle } from "./deliver-event.ts";
import { findEndpoint } from "./find-endpoint.ts";
import { toBody } from "./to-body.ts";

type Retry = Extract<WebhookWork, { type: "webhook.retry.v1" }>;

/** Tries again what was set aside, what somebody asked to send again, or a test. */
export async function retryDelivery(deps: DeliverDeps, work: Retry): Promise<void> {
  const [endpoint, delivery] = await Promise.all([
    findEndpoint(deps, work),
    deliveries.find(deps.webhooks, work.webhookId, work.deliveryId),
  ]);
  if (delivery?.status !== "retrying" || (delivery.nextAt ?? 0) > deps.now()) return;
  if (!endpoint) return deliveries.remove(deps.webhooks, delivery);
  const isWelcome = endpoint.webhook.enabled || delivery.once;
  const body = isWelcome ? await findBody(deps, delivery) : undefined;
  const keep = (kept: DeliveryItem) => deliveries.put(deps.webhooks, kept);
  if (body !== undefined) {
    return deliverEvent(deps, endpoint, delivery, { body, inLine: false, keep });
  }
  settle(delivery, "failed");
  delivery.openIn = work.webhookId;
  await keep(delivery);
}

/** What the log of deliveries keeps only the beginning of is read from the event log, while it can be. */
async function findBody(deps: DeliverDeps, delivery: DeliveryItem): Promise<string | undefined> {
  if (!delivery.isCut) return delivery.body;
  const { source, cursor } = delivery;
  for await (const event of eventLog.anyAfter(deps.messages, source, beforeCursor(cursor))) {
    return event.cursor === cursor ? toBody(event) : undefined;
  }
  return undefined;
}
