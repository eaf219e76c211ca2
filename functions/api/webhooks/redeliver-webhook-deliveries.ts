import { implement } from "#functions/middleware/implement.ts";
import * as deliveries from "#functions/store/webhook-deliveries.ts";
import { deliveryPrefix } from "#functions/store/webhook-deliveries.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { Fault } from "#shared/faults/fault.ts";
import { idPrefixes } from "#shared/ids.ts";
import { webhookDeliveryRoutes } from "#shared/routes/webhook-deliveries.ts";
import { encodeTime } from "ulid";
import { sendAgain } from "./send-again.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Each is a write and a message: what fits well into a Lambda's time. */
const limit = 200;

export const redeliverWebhookDeliveries = implement(
  webhookDeliveryRoutes.redeliverWebhookDeliveries,
  async ({ body, caller, params }, deps: WebhookDeps) => {
    const { webhookId, enabled } = await webhooks.require(deps.webhooks, caller, params.webhookId);
    if (!enabled) throw new Fault("webhook_disabled");
    const { after, before, status, cursor } = body;
    const { page, nextCursor } = await deliveries.page(
      deps.webhooks,
      {
        webhookId,
        status,
        newestFirst: false,
        ...(after !== undefined && { from: placeOf(Date.parse(after)) }),
        ...(before !== undefined && { to: placeOf(Date.parse(before)) }),
      },
      { limit, cursor },
    );
    const events = page.filter((delivery) => !delivery.once);
    for (const delivery of events) await sendAgain(deps, delivery);
    return { status: 202, body: { queued: events.length, nextCursor } };
  },
);

/** Ids begin with their time, so a time has a place among them: before all that are of it. */
function placeOf(time: number): string {
  return `${deliveryPrefix}${idPrefixes.delivery}_${encodeTime(time)}`;
}
