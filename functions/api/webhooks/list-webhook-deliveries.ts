import { implement } from "#functions/middleware/implement.ts";
import * as deliveryLog from "#functions/store/delivery-log.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { webhookDeliveryRoutes } from "#shared/routes/webhook-deliveries.ts";
import { toDelivery } from "./to-delivery.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export const listWebhookDeliveries = implement(
  webhookDeliveryRoutes.listWebhookDeliveries,
  async ({ caller, params, query }, deps: WebhookDeps) => {
    const { webhookId } = await webhooks.require(deps.webhooks, caller, params.webhookId);
    const range = { webhookId, status: query.status, newestFirst: true };
    const { page, nextCursor } = await deliveryLog.page(deps.webhooks, range, query);
    return { status: 200, body: { data: page.map(toDelivery), nextCursor } };
  },
);
