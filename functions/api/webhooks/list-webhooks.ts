import { listPage } from "#functions/api/list-page.ts";
import { implement } from "#functions/middleware/implement.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import type { WebhookItem } from "#functions/store/webhooks.ts";
import { webhookRoutes } from "#shared/routes/webhooks.ts";
import { toWebhook } from "./to-webhook.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export const listWebhooks = implement(
  webhookRoutes.listWebhooks,
  async ({ caller, query }, deps: WebhookDeps) => {
    const { page, nextCursor } = await listPage<WebhookItem>(
      deps.webhooks,
      {
        partition: webhooks.accountPartition(caller.accountId),
        prefix: webhooks.webhookPrefix,
        isShown: (webhook) => webhooks.isVisible(caller, webhook),
      },
      query,
    );
    const data = page.map((webhook) => toWebhook(webhook, deps.now()));
    return { status: 200, body: { data, nextCursor } };
  },
);
