import { implement } from "#functions/middleware/implement.ts";
import * as deliveryLog from "#functions/store/delivery-log.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { Fault } from "#shared/faults/fault.ts";
import { webhookDeliveryRoutes } from "#shared/routes/webhook-deliveries.ts";
import { sendAgain } from "./send-again.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Each is a write or two: what fits well into a Lambda's time. */
const limit = 200;

export const redeliverWebhookDeliveries = implement(
  webhookDeliveryRoutes.redeliverWebhookDeliveries,
  async ({ body, caller, params }, deps: WebhookDeps) => {
    const { webhookId, enabled } = await webhooks.require(deps.webhooks, caller, params.webhookId);
    if (!enabled) throw new Fault("webhook_disabled");
    const { after, before, status, cursor } = body;
    const range = {
      webhookId,
      status,
      newestFirst: false,
      after: after === undefined ? undefined : Date.parse(after),
      before: before === undefined ? undefined : Date.parse(before),
    };
    const { page, nextCursor } = await deliveryLog.page(deps.webhooks, range, { limit, cursor });
    const events = page.filter((delivery) => !delivery.once);
    await sendAgain(deps, events);
    return { status: 202, body: { queued: events.length, nextCursor } };
  },
);
