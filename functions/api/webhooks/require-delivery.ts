import type { Caller } from "#functions/auth/caller.ts";
import * as deliveryLog from "#functions/store/delivery-log.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import type { WebhookItem } from "#functions/store/webhooks.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** @throws {Fault} `not_found` when either is absent or not the caller's to see */
export async function requireDelivery(
  deps: WebhookDeps,
  caller: Caller,
  { webhookId, deliveryId }: { webhookId: string; deliveryId: string },
): Promise<{ webhook: WebhookItem; delivery: DeliveryItem }> {
  const webhook = await webhooks.require(deps.webhooks, caller, webhookId);
  const delivery = await deliveryLog.find(deps.webhooks, webhookId, deliveryId);
  if (!delivery) throw new Fault("not_found");
  return { webhook, delivery };
}
