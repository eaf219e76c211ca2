import { boundSession } from "#functions/auth/caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as sessions from "#functions/store/sessions.ts";
import * as webhookSecrets from "#functions/store/webhook-secrets.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import type { WebhookItem } from "#functions/store/webhooks.ts";
import { Fault } from "#shared/faults/fault.ts";
import { derivedId } from "#shared/ids.ts";
import { webhookRoutes } from "#shared/routes/webhooks.ts";
import { requireTarget } from "./require-target.ts";
import { toWebhook } from "./to-webhook.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Each event of an account is held against every one of them. */
const limit = 50;

/** The secret is there before the webhook, which alone makes it work. */
export const createWebhook = implement(
  webhookRoutes.createWebhook,
  async ({ body, caller, attempt }, deps: WebhookDeps) => {
    const { accountId } = caller;
    const bound = boundSession(caller);
    if (bound !== undefined && bound !== body.sessionId) {
      throw new Fault("forbidden", {
        detail: "A key that is bound to a session can only make webhooks of that session.",
      });
    }
    const { headers = {}, enabled = true } = body;
    const headerNames = Object.keys(headers);
    requireTarget({ ...body, headerNames }, deps.targets);
    if (body.sessionId !== undefined) await sessions.require(deps.control, caller, body.sessionId);
    const webhookId = derivedId("webhook", attempt.startedAt, attempt.seed);
    const others = await webhooks.ofAccount(deps.webhooks, accountId);
    if (others.filter((other) => other.webhookId !== webhookId).length >= limit) {
      throw new Fault("webhook_limit_reached");
    }
    const item: WebhookItem = {
      ...webhooks.webhookKey(accountId, webhookId),
      accountId,
      webhookId,
      url: body.url,
      roleArn: body.roleArn ?? undefined,
      description: body.description ?? "",
      sessionId: body.sessionId,
      types: body.types ?? undefined,
      headerNames,
      enabled,
      disabledReason: enabled ? undefined : "user",
      createdAt: new Date(attempt.startedAt).toISOString(),
    };
    const secret = webhookSecrets.mint();
    await webhookSecrets.put(deps.secrets, webhookId, { secret, headers });
    await webhooks.put(deps.webhooks, item);
    return { status: 201, body: { ...toWebhook(item, deps.now()), secret } };
  },
);
