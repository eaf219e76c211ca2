import * as webhooks from "#functions/store/webhooks.ts";
import type { WebhookItem } from "#functions/store/webhooks.ts";
import { formatCursor } from "#shared/cursor.ts";
import { derivedId } from "#shared/ids.ts";
import type { DeliverDeps } from "./deliver-deps.ts";

const details = {
  gone: "The receiver answered 410. Enable the webhook again when it should get events.",
  failing: "Nothing has succeeded for five days. Mend the receiver, then enable the webhook again.",
};

/**
 * Disables an endpoint and tells its account. The notice goes first: should the rest fail, both are
 * done again, and the notice under the same id.
 */
export async function disableEndpoint(
  deps: DeliverDeps,
  webhook: WebhookItem,
  reason: "gone" | "failing",
): Promise<void> {
  const { accountId, webhookId, url, failingSince = deps.now() } = webhook;
  const now = deps.now();
  await deps.sendNotice({
    id: derivedId("event", failingSince, `${webhookId} ${reason} ${failingSince}`),
    type: "webhook.disabled",
    cursor: formatCursor(placeOf(now)),
    sessionId: null,
    accountId,
    at: new Date(now).toISOString(),
    data: { webhookId, url, reason, detail: details[reason] },
  });
  await webhooks.disable(deps.webhooks, webhook, reason);
  webhook.enabled = false;
  deps.log.warn({ accountId, webhookId, reason }, "webhook was disabled");
}

/** An account's events are rare and have no one writer: time numbers them. */
function placeOf(now: number): { epoch: number; seq: number } {
  const microseconds = Math.floor((performance.now() % 1) * 1000);
  return { epoch: Math.floor(now / 1000), seq: (now % 1000) * 1000 + microseconds };
}
