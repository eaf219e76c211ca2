import { implement } from "#functions/middleware/implement.ts";
import * as places from "#functions/store/webhook-places.ts";
import * as webhookSecrets from "#functions/store/webhook-secrets.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { webhookRoutes } from "#shared/routes/webhooks.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** The webhook itself goes last, so that a try that ended half-way can be completed. */
export const deleteWebhook = implement(
  webhookRoutes.deleteWebhook,
  async ({ caller, params: { webhookId } }, deps: WebhookDeps) => {
    const webhook = await webhooks.require(deps.webhooks, caller, webhookId);
    await webhookSecrets.remove(deps.secrets, webhookId);
    for (const place of await places.ofWebhook(deps.webhooks, webhookId)) {
      await places.remove(deps.webhooks, place);
    }
    await webhooks.remove(deps.webhooks, webhook);
    return { status: 204, body: undefined };
  },
);
