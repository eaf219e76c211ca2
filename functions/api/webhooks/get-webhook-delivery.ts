import { implement } from "#functions/middleware/implement.ts";
import { webhookDeliveryRoutes } from "#shared/routes/webhook-deliveries.ts";
import { requireDelivery } from "./require-delivery.ts";
import { toDelivery } from "./to-delivery.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

const hidden = "[hidden]";

export const getWebhookDelivery = implement(
  webhookDeliveryRoutes.getWebhookDelivery,
  async ({ caller, params }, deps: WebhookDeps) => {
    const { webhook, delivery } = await requireDelivery(deps, caller, params);
    const shown = toDelivery(delivery);
    const last = delivery.attempts.at(-1);
    // What goes to a queue or bus has none.
    const headers: Record<string, string> = webhook.roleArn
      ? {}
      : {
          ...Object.fromEntries(webhook.headerNames.map((name) => [name, hidden])),
          "content-type": "application/json",
          "webhook-id": shown.eventId,
          ...(last && { "webhook-timestamp": String(Math.floor(last.at / 1000)) }),
          // No secret, but no use either: it is made anew for each attempt, and not kept.
          "webhook-signature": "[not kept]",
        };
    const { answer, body, isCut = false } = delivery;
    const success =
      last?.status === undefined ? null : { statusCode: last.status, body: "", isCut: false };
    return {
      status: 200,
      body: {
        ...shown,
        request: { headers, body, isCut },
        answer: answer
          ? { statusCode: answer.status, body: answer.body, isCut: answer.isCut }
          : success,
      },
    };
  },
);
