import type { Push } from "#functions/push.ts";
import type { Table } from "#functions/store/items.ts";
import type { Logger } from "pino";

export type DispatchDeps = {
  control: Table;
  messages: Table;
  push: Push;
  log: Logger;
  retentionDays: number;
};
