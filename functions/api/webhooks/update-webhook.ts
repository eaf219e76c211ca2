import { implement } from "#functions/middleware/implement.ts";
import * as webhookSecrets from "#functions/store/webhook-secrets.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import { isArn } from "#shared/contracts/sink-target.ts";
import { Fault } from "#shared/faults/fault.ts";
import { webhookRoutes } from "#shared/routes/webhooks.ts";
import { requireTarget } from "./require-target.ts";
import { resumeWebhook } from "./resume-webhook.ts";
import { toWebhook } from "./to-webhook.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export const updateWebhook = implement(
  webhookRoutes.updateWebhook,
  async ({ body, caller, params: { webhookId } }, deps: WebhookDeps) => {
    const { headers, types, enabled, ...rest } = body;
    const webhook = await webhooks.require(deps.webhooks, caller, webhookId);
    const headerNames = headers ? Object.keys(headers) : webhook.headerNames;
    const { url = webhook.url, roleArn = isArn(url) ? webhook.roleArn : null } = rest;
    const isElsewhere = rest.url !== undefined || rest.roleArn !== undefined || headers;
    if (isElsewhere) requireTarget({ url, roleArn, headerNames }, deps.targets);
    if (headers && !(await webhookSecrets.setHeaders(deps.secrets, webhookId, headers))) {
      throw new Fault("not_found");
    }
    const changed = await webhooks.change(deps.webhooks, webhook, {
      ...rest,
      ...(roleArn === null && webhook.roleArn !== undefined && { roleArn }),
      ...(headers && { headerNames }),
      ...(types !== undefined && { types }),
      ...(enabled === true && { enabled, disabledReason: null, failingSince: null }),
      ...(enabled === false && webhook.enabled && { enabled, disabledReason: "user" }),
    });
    if (!changed) throw new Fault("not_found");
    if (changed.enabled) await resumeWebhook(deps, changed);
    return { status: 200, body: toWebhook(changed, deps.now()) };
  },
);
