import * as places from "#functions/store/webhook-places.ts";
import type { WebhookItem } from "#functions/store/webhooks.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Has a webhook go on where it stands in each log, at once: whatever was wrong may be mended. */
export async function resumeWebhook(
  { webhooks, sendWork, now }: WebhookDeps,
  { accountId, webhookId }: WebhookItem,
): Promise<void> {
  const all = await places.ofWebhook(webhooks, webhookId);
  for (const place of all) if (place.dueIn) await places.stopWaiting(webhooks, place);
  const type = "webhook.follow.v1";
  await sendWork(
    all.map(({ source, cursor }) => ({
      work: { type, accountId, webhookId, source, first: cursor },
      once: `${webhookId} ${source} resumed ${now()}`,
    })),
  );
}
