import type { CommandQueues } from "#functions/send-command.ts";
import type { Table } from "#functions/store/items.ts";
import type { Logger } from "pino";

export type BatchDeps = {
  control: Table;
  messages: Table;
  commands: CommandQueues;
  log: Logger;
};
