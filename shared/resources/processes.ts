import { z } from "zod";
import type { BucketName } from "./buckets.ts";
import { environment } from "./environment.ts";
import type { EnvironmentName } from "./environment.ts";
import type { QueueName } from "./queues.ts";
import type { TableName } from "./tables.ts";

export type QueueUse = "send" | "consume" | "sendAndConsume" | "inspect";

/**
 * `append` can put items, and neither read nor remove one. What it puts has a random id in its key:
 * without reading, nobody can put something over an item that is there.
 */
export type Access = "read" | "write" | "readWrite" | "append";

/** What one process may touch. Its role, its environment and its start-up check come from this. */
export type Binding = {
  purpose: string;
  tables: Partial<Record<TableName, Access>>;
  queues: Partial<Record<QueueName, QueueUse>>;
  buckets: Partial<Record<BucketName, Access>>;
  /** May use the KMS key that wraps the sessions' data keys. */
  sealsKeys?: true;
  /** Reads the secret that signs access tokens. */
  tokenSecret?: true;
  /** Reads the secret that operators show. */
  operatorSecret?: true;
  /** Is behind the HTTP API: counts requests and knows the plans. */
  answersHttp?: true;
  /** Is behind the WebSocket API: counts connections and requests. */
  answersSockets?: true;
  /** Gives every event to the bus and the queue that the deployment names, if it does. */
  feedsSinks?: true;
  /** Posts to WebSocket connections. */
  pushes?: true;
  /** Asks ECS for workers: for the first one, or for as many as there should be. */
  scalesFleet?: "wake" | "size";
  /** Reads or writes the event log, and knows how long that is kept. */
  keepsEvents?: true;
  /** Takes or calls addresses that tenants name. */
  callsTenants?: true;
  /** Sends to queues and buses of tenants, in roles that they let it take on. */
  assumesSinkRoles?: true;
  /** Writes metrics: see metrics.ts. */
  measures?: true;
};

const api = { queues: {}, buckets: {}, tokenSecret: true, answersHttp: true } as const;

/** One Lambda an area, each with its own least-privilege role, and the runner. */
export const processes = {
  accounts: {
    ...api,
    purpose: "sign-in, users, invitations",
    tables: { logins: "readWrite", control: "readWrite", audit: "append" },
    // Closes the WebSockets of who is out.
    pushes: true,
  },
  keys: {
    ...api,
    purpose: "API keys",
    tables: { control: "readWrite", audit: "append" },
    pushes: true,
  },
  sessions: {
    ...api,
    purpose: "sessions and their life",
    // Has erased what a deleted session leaves among the messages.
    tables: { control: "readWrite", fleet: "readWrite", messages: "append", audit: "append" },
    queues: { commands: "send" },
    // Hands out links to what only the runner can open.
    buckets: { bundles: "readWrite" },
    scalesFleet: "wake",
    // Takes the proxies that tenants name.
    callsTenants: true,
  },
  messages: {
    ...api,
    purpose: "accept, read and list messages",
    tables: { control: "readWrite", messages: "readWrite", audit: "append" },
    queues: { commands: "send", batches: "send" },
    measures: true,
    // Looks whether a file is there, and stores those that came inside a request.
    buckets: { media: "readWrite" },
  },
  media: {
    ...api,
    purpose: "links to upload and download the files of messages",
    tables: { control: "readWrite", audit: "append" },
    buckets: { media: "readWrite" },
  },
  chats: {
    ...api,
    purpose: "contacts, chats, groups and presence: asks sessions",
    tables: { control: "readWrite", messages: "readWrite", fleet: "read", audit: "append" },
    queues: { commands: "send" },
  },
  events: {
    ...api,
    purpose: "event log and tickets",
    keepsEvents: true,
    tables: { control: "readWrite", messages: "read", audit: "append" },
  },
  insight: {
    ...api,
    purpose: "health, statistics, audit and OpenAPI",
    // Counts requests and notes the use of keys.
    tables: { control: "readWrite", audit: "read", messages: "read" },
  },
  operator: {
    purpose: "plans and the health of the fleet, for who runs the deployment",
    tables: { control: "readWrite", audit: "append", messages: "read", fleet: "read" },
    queues: { commands: "inspect", events: "inspect" },
    buckets: {},
    operatorSecret: true,
    answersHttp: true,
  },
  socket: {
    queues: {},
    buckets: {},
    tokenSecret: true,
    purpose: "WebSocket API",
    answersSockets: true,
    keepsEvents: true,
    tables: { control: "readWrite", messages: "read" },
    pushes: true,
  },
  dispatch: {
    purpose: "events to read model, subscribers, webhooks and sinks",
    feedsSinks: true,
    keepsEvents: true,
    tables: { control: "readWrite", messages: "readWrite", webhooks: "read" },
    queues: { events: "consume", webhooks: "send" },
    buckets: {},
    pushes: true,
    measures: true,
  },
  schedule: {
    purpose: "size of the fleet",
    tables: { fleet: "read" },
    queues: {},
    buckets: {},
    scalesFleet: "size",
    measures: true,
  },
  webhooks: {
    ...api,
    purpose: "webhook endpoints and their deliveries",
    tables: {
      control: "readWrite",
      audit: "append",
      webhooks: "readWrite",
      secrets: "readWrite",
    },
    queues: { webhooks: "send" },
    callsTenants: true,
  },
  deliver: {
    purpose: "calls webhook endpoints",
    tables: { messages: "read", webhooks: "readWrite", secrets: "read" },
    queues: { webhooks: "sendAndConsume", events: "send" },
    buckets: {},
    callsTenants: true,
    assumesSinkRoles: true,
    measures: true,
  },
  batches: {
    purpose: "makes the messages of batches",
    tables: { control: "read", messages: "readWrite" },
    queues: { batches: "consume", commands: "send" },
    buckets: {},
  },
  wake: {
    purpose: "wakes what is due, counts what the day has left, erases what was deleted",
    tables: { webhooks: "read", control: "read", messages: "readWrite" },
    queues: { webhooks: "send", batches: "send", commands: "send" },
    buckets: { media: "write" },
  },
  runner: {
    purpose: "holds the WhatsApp sockets",
    tables: { messages: "readWrite", journal: "readWrite", fleet: "readWrite" },
    queues: { commands: "consume", events: "send" },
    buckets: { snapshots: "readWrite", bundles: "readWrite", media: "readWrite" },
    sealsKeys: true,
    // Fetches files from where tenants say.
    callsTenants: true,
    measures: true,
  },
} as const satisfies Record<string, Binding>;

export type ProcessName = keyof typeof processes;
export type LambdaName = Exclude<ProcessName, "runner">;

/** The variables that a binding implies. */
export function environmentNames(binding: Binding): EnvironmentName[] {
  const names: EnvironmentName[] = ["WAFLEET_LOG_LEVEL"];
  for (const table of Object.keys(binding.tables)) names.push(variable(`${table}_TABLE`));
  for (const queue of Object.keys(binding.queues)) names.push(variable(`${queue}_QUEUE_URL`));
  for (const bucket of Object.keys(binding.buckets)) names.push(variable(`${bucket}_BUCKET`));
  if ("commands" in binding.queues || binding.tables.fleet) names.push("WAFLEET_SHARDS");
  if (binding.tables.messages) names.push("WAFLEET_MESSAGE_RETENTION_DAYS");
  if (binding.keepsEvents) names.push("WAFLEET_EVENT_RETENTION_DAYS");
  if (binding.tables.audit) names.push("WAFLEET_AUDIT_RETENTION_DAYS");
  if (binding.answersHttp) {
    names.push("WAFLEET_SESSION_LIMITS", "WAFLEET_RATE_LIMITS", "WAFLEET_PAGE_MARK");
  }
  if (binding.answersSockets) names.push("WAFLEET_CONNECTION_LIMIT", "WAFLEET_RATE_LIMITS");
  if (binding.feedsSinks) names.push("WAFLEET_SINK_BUS", "WAFLEET_SINK_QUEUE_URL");
  if (binding.sealsKeys) names.push("WAFLEET_KEY_ID");
  if (binding.tokenSecret) names.push("WAFLEET_TOKEN_SECRET_ID");
  if (binding.operatorSecret) names.push("WAFLEET_OPERATOR_SECRET_ID");
  if (binding.scalesFleet) names.push("WAFLEET_RUNNER_SERVICE");
  if (binding.scalesFleet === "size") {
    names.push("WAFLEET_SESSIONS_PER_WORKER", "WAFLEET_MAX_WORKERS");
  }
  if (binding.callsTenants) names.push("WAFLEET_TENANT_TARGETS");
  if (binding.pushes) names.push("WAFLEET_MANAGEMENT_ENDPOINT");
  if (binding.measures) names.push("WAFLEET_METRICS");
  return names;
}

/** The start-up check of a process with this binding, for readConfig. */
export function environmentSchema<Name extends EnvironmentName>(
  names: readonly Name[],
): z.ZodObject<Pick<typeof environment, Name>> {
  const shape = Object.fromEntries(names.map((name) => [name, environment[name]]));
  return z.object(shape as Pick<typeof environment, Name>);
}

function variable(suffix: string): EnvironmentName {
  const name = `WAFLEET_${suffix.toUpperCase()}`;
  if (!(name in environment)) throw new RangeError(`no environment variable ${name} is declared`);
  return name as EnvironmentName;
}
