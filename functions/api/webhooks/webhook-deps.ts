import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { SendWork } from "#functions/send-work.ts";
import type { Table } from "#functions/store/items.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";

export type WebhookDeps = ApiDeps & {
  webhooks: Table;
  secrets: Table;
  sendWork: SendWork;
  targets: TenantTargets;
};
