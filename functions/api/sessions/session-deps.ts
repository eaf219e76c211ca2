import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { CommandQueues } from "#functions/send-command.ts";
import type { Table } from "#functions/store/items.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";
import type { BundleLinks } from "./bundle-links.ts";

export type SessionDeps = ApiDeps & {
  fleet: Table;
  messages: Table;
  commands: CommandQueues;
  /** How many shards new sessions are spread over. */
  shards: number;
  bundles: BundleLinks;
  /** Where tenants' proxies may be. */
  targets: TenantTargets;
  /** Sees to it that a worker comes when the fleet is empty. */
  wakeFleet: () => Promise<void>;
  sleep: (milliseconds: number) => Promise<void>;
};
