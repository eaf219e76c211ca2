import type { WebhookItem } from "#functions/store/webhooks.ts";
import type { webhookSchema } from "#shared/contracts/webhook.ts";
import type { z } from "zod";

/** A webhook as callers see it. */
export function toWebhook(item: WebhookItem, now: number): z.infer<typeof webhookSchema> {
  const { formerSecretUntil: until } = item;
  return {
    id: item.webhookId,
    url: item.url,
    roleArn: item.roleArn ?? null,
    description: item.description,
    sessionId: item.sessionId ?? null,
    types: item.types ?? null,
    headerNames: item.headerNames,
    enabled: item.enabled,
    disabledReason: item.disabledReason ?? null,
    failingSince:
      item.failingSince === undefined ? null : new Date(item.failingSince).toISOString(),
    formerSecretWorksUntil: until !== undefined && Date.parse(until) > now ? until : null,
    createdAt: item.createdAt,
  };
}
