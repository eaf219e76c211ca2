import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { webhookDeliveryRoutes } from "#shared/routes/webhook-deliveries.ts";
import type { webhookRoutes } from "#shared/routes/webhooks.ts";
import { createWebhook } from "./create-webhook.ts";
import { deleteWebhook } from "./delete-webhook.ts";
import { getWebhook } from "./get-webhook.ts";
import { getWebhookDelivery } from "./get-webhook-delivery.ts";
import { listWebhookDeliveries } from "./list-webhook-deliveries.ts";
import { listWebhooks } from "./list-webhooks.ts";
import { redeliverWebhookDeliveries } from "./redeliver-webhook-deliveries.ts";
import { redeliverWebhookDelivery } from "./redeliver-webhook-delivery.ts";
import { rotateWebhookSecret } from "./rotate-webhook-secret.ts";
import { testWebhook } from "./test-webhook.ts";
import { updateWebhook } from "./update-webhook.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

const implementations = {
  createWebhook,
  listWebhooks,
  getWebhook,
  updateWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  testWebhook,
  listWebhookDeliveries,
  getWebhookDelivery,
  redeliverWebhookDelivery,
  redeliverWebhookDeliveries,
} satisfies Record<
  keyof typeof webhookRoutes | keyof typeof webhookDeliveryRoutes,
  RouteImplementation<WebhookDeps>
>;

export function createWebhooksApi(deps: WebhookDeps): ApiHandler {
  return createApi(implementations, deps);
}
