import { implement } from "#functions/middleware/implement.ts";
import { Fault } from "#shared/faults/fault.ts";
import { webhookDeliveryRoutes } from "#shared/routes/webhook-deliveries.ts";
import { requireDelivery } from "./require-delivery.ts";
import { sendAgain } from "./send-again.ts";
import { toDelivery } from "./to-delivery.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export const redeliverWebhookDelivery = implement(
  webhookDeliveryRoutes.redeliverWebhookDelivery,
  async ({ caller, params }, deps: WebhookDeps) => {
    const { webhook, delivery } = await requireDelivery(deps, caller, params);
    if (!webhook.enabled && !delivery.once) throw new Fault("webhook_disabled");
    const [due = delivery] = await sendAgain(deps, [delivery]);
    return { status: 202, body: toDelivery(due) };
  },
);
