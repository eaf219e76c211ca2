import type { ApiDeps } from "#functions/middleware/exchange.ts";
import type { Table } from "#functions/store/items.ts";
import type { SQSClient } from "@aws-sdk/client-sqs";

export type OperatorDeps = ApiDeps & {
  messages: Table;
  fleet: Table;
  /** `commandsUrl` has `{shard}` where the number goes. */
  queues: { client: SQSClient; commandsUrl: string; eventsUrl: string };
  shards: number;
};
