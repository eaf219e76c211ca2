import type { MediaFiles } from "#functions/media-files.ts";
import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { CommandQueues } from "#functions/send-command.ts";
import type { SendBatchWork } from "#functions/send-batch-work.ts";
import type { Table } from "#functions/store/items.ts";

export type MessageDeps = ApiDeps & {
  messages: Table;
  commands: CommandQueues;
  sendBatchWork: SendBatchWork;
  media: MediaFiles;
  retentionDays: number;
};
