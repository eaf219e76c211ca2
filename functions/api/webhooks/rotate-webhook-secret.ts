import { implement } from "#functions/middleware/implement.ts";
import * as webhookSecrets from "#functions/store/webhook-secrets.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { Fault } from "#shared/faults/fault.ts";
import { webhookRoutes } from "#shared/routes/webhooks.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

const hourMs = 3_600_000;

export const rotateWebhookSecret = implement(
  webhookRoutes.rotateWebhookSecret,
  async ({ body, caller, params: { webhookId } }, deps: WebhookDeps) => {
    const webhook = await webhooks.require(deps.webhooks, caller, webhookId);
    const item = await webhookSecrets.find(deps.secrets, webhookId);
    if (!item) throw new Fault("not_found");
    const until = deps.now() + body.overlapHours * hourMs;
    const secret = webhookSecrets.mint();
    const former = { secret: item.secret, until };
    await webhookSecrets.put(deps.secrets, webhookId, { headers: item.headers, secret, former });
    const formerSecretUntil = new Date(until).toISOString();
    await webhooks.change(deps.webhooks, webhook, { formerSecretUntil });
    return { status: 200, body: { secret, formerSecretWorksUntil: formerSecretUntil } };
  },
);
