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
    const until = deps.now() + body.overlapHours * hourMs;
    const { secret, formers } = await rotate(deps, webhookId, until);
    const last = Math.max(until, ...formers.map((former) => former.until));
    const formerSecretUntil = new Date(last).toISOString();
    await webhooks.change(deps.webhooks, webhook, { formerSecretUntil });
    return {
      status: 200,
      body: { secret, formerSecretWorksUntil: new Date(until).toISOString() },
    };
  },
);

/** Of several at once each has a secret that works. */
async function rotate({ secrets }: WebhookDeps, webhookId: string, until: number) {
  for (;;) {
    const item = await webhookSecrets.find(secrets, webhookId);
    if (!item) throw new Fault("not_found");
    const rotated = await webhookSecrets.rotate(secrets, item, until);
    if (rotated) return rotated;
  }
}
