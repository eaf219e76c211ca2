import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { SendWork } from "#functions/send-work.ts";
import type { Table } from "#functions/store/items.ts";
import type { WebhookTargets } from "#shared/net/webhook-targets.ts";

export type WebhookDeps = ApiDeps & {
  webhooks: Table;
  secrets: Table;
  sendWork: SendWork;
  targets: WebhookTargets;
};
