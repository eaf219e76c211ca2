import { implement } from "#functions/middleware/implement.ts";
import { expiryAt } from "#functions/store/expiry.ts";
import * as deliveries from "#functions/store/webhook-deliveries.ts";
import type { DeliveryItem } from "#functions/store/webhook-deliveries.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { newId } from "#shared/ids.ts";
import { webhookDeliveryRoutes } from "#shared/routes/webhook-deliveries.ts";
import { sendAgain } from "./send-again.ts";
import { toDelivery } from "./to-delivery.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export const testWebhook = implement(
  webhookDeliveryRoutes.testWebhook,
  async ({ caller, params: { webhookId } }, deps: WebhookDeps) => {
    const { accountId, sessionId } = await webhooks.require(deps.webhooks, caller, webhookId);
    const now = deps.now();
    const id = newId("event", now);
    const at = new Date(now).toISOString();
    const type = "webhook.test";
    const cursor = "0.0";
    const data = { webhookId };
    const event = { id, type, cursor, sessionId: sessionId ?? null, accountId, at, data };
    const delivery: DeliveryItem = {
      ...deliveries.deliveryKey(webhookId, deliveries.deliveryIdOf(id)),
      accountId,
      source: sessionId ?? accountId,
      cursor,
      type,
      status: "retrying",
      count: 0,
      attempts: [],
      body: JSON.stringify(event),
      once: true,
      expiresAt: expiryAt(now + deliveries.keptMs),
    };
    const [due = delivery] = await sendAgain(deps, [delivery]);
    return { status: 202, body: toDelivery(due) };
  },
);
