import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { CommandQueues } from "#functions/send-command.ts";
import type { Table } from "#functions/store/items.ts";

export type ChatDeps = ApiDeps & {
  messages: Table;
  fleet: Table;
  commands: CommandQueues;
  sleep: (milliseconds: number) => Promise<void>;
};
