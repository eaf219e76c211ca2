import { implement } from "#functions/middleware/implement.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { webhookRoutes } from "#shared/routes/webhooks.ts";
import { toWebhook } from "./to-webhook.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export const getWebhook = implement(
  webhookRoutes.getWebhook,
  async ({ caller, params }, deps: WebhookDeps) => {
    const webhook = await webhooks.require(deps.webhooks, caller, params.webhookId);
    return { status: 200, body: toWebhook(webhook, deps.now()) };
  },
);
