import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { Table } from "#functions/store/items.ts";

export type EventDeps = ApiDeps & {
  messages: Table;
  eventRetentionDays: number;
  sleep: (milliseconds: number) => Promise<unknown>;
};
