import type { SendWork } from "#functions/send-work.ts";
import type { Table } from "#functions/store/items.ts";
import type { WebhookSecretItem } from "#functions/store/webhook-secrets.ts";
import type { WebhookItem } from "#functions/store/webhooks.ts";
import type { AccountEvent } from "#shared/contracts/account-event.ts";
import type { Metrics } from "#shared/metrics/create-metrics.ts";
import type { Logger } from "pino";
import type { SendToSink } from "./create-send-to-sink.ts";
import type { Post } from "./post.ts";

export type DeliverDeps = {
  webhooks: Table;
  secrets: Table;
  messages: Table;
  post: Post;
  sendToSink: SendToSink;
  sendWork: SendWork;
  /** Puts an event of the account on its way to the log. */
  sendNotice: (event: AccountEvent) => Promise<void>;
  sleep: (milliseconds: number) => Promise<unknown>;
  now: () => number;
  metrics: Metrics;
  log: Logger;
};

export type Endpoint = { webhook: WebhookItem; secret: WebhookSecretItem };
