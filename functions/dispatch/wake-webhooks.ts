import type { WorkOnce } from "#functions/send-work.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";

/**
 * Tells the endpoints that want some of these events that their source has something new. They read
 * it from the log, so that telling them twice, or late, sends nothing twice and loses nothing.
 */
export async function wakeWebhooks(
  deps: DispatchDeps,
  { accountId, source, events }: { accountId: string; source: string; events: LoggedEvent[] },
): Promise<void> {
  const endpoints = await webhooks.ofAccount(deps.webhooks, accountId);
  const all = endpoints.flatMap((webhook): WorkOnce[] => {
    const wanted = webhook.enabled ? events.filter((event) => webhooks.wants(webhook, event)) : [];
    const [first] = wanted;
    if (!first) return [];
    const { webhookId } = webhook;
    const type = "webhook.follow.v1";
    const work = { type, accountId, webhookId, source, first: first.cursor } as const;
    return [{ work, once: `${webhookId} ${first.id} ${wanted.at(-1)?.id}` }];
  });
  await deps.sendWork(all);
}
