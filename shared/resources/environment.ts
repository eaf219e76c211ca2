import { z } from "zod";
import { tenantTargets } from "../net/tenant-targets.ts";
import { rateLayers, tiers } from "./limits.ts";
import { metricsOff } from "./metrics.ts";
import { namedCounts } from "./named-counts.ts";

const name = z.string().min(1, "must be set");
const url = z.url("must be a URL");
const positive = z.coerce.number().int().positive("must be a whole number above 0");

/**
 * Every environment variable that a process of ours reads, with the form it must have. What a
 * process gets is made from what it is bound to (see processes.ts), so the two cannot drift apart.
 */
export const environment = {
  WAFLEET_LOGINS_TABLE: name,
  WAFLEET_CONTROL_TABLE: name,
  WAFLEET_MESSAGES_TABLE: name,
  WAFLEET_JOURNAL_TABLE: name,
  WAFLEET_FLEET_TABLE: name,
  WAFLEET_AUDIT_TABLE: name,
  WAFLEET_WEBHOOKS_TABLE: name,
  WAFLEET_SECRETS_TABLE: name,
  WAFLEET_COMMANDS_QUEUE_URL: url.refine(
    (text) => decodeURI(text).includes("{shard}"),
    "must contain {shard}, where the shard's number goes",
  ),
  WAFLEET_EVENTS_QUEUE_URL: url,
  WAFLEET_WEBHOOKS_QUEUE_URL: url,
  WAFLEET_BATCHES_QUEUE_URL: url,
  // Where the deployment's owner wants every event as well; empty for nowhere.
  WAFLEET_SINK_BUS: z.string(),
  WAFLEET_SINK_QUEUE_URL: z.union([z.literal(""), url], "must be empty or a URL"),
  WAFLEET_TENANT_TARGETS: z.enum(tenantTargets, "must be public or any"),
  WAFLEET_SNAPSHOTS_BUCKET: name,
  WAFLEET_BUNDLES_BUCKET: name,
  WAFLEET_MEDIA_BUCKET: name,
  WAFLEET_KEY_ID: name,
  WAFLEET_TOKEN_SECRET_ID: name,
  WAFLEET_OPERATOR_SECRET_ID: name,
  WAFLEET_MANAGEMENT_ENDPOINT: url,
  WAFLEET_RUNNER_SERVICE: name.regex(/^[^/]+\/[^/]+$/, "must be <ECS cluster>/<service>"),
  WAFLEET_SESSIONS_PER_WORKER: positive,
  WAFLEET_MAX_WORKERS: positive,
  WAFLEET_SHARDS: positive,
  WAFLEET_MESSAGE_RETENTION_DAYS: positive,
  // What is counted is counted from the log within a day or two.
  WAFLEET_EVENT_RETENTION_DAYS: positive.min(3, "must be 3 at least"),
  WAFLEET_AUDIT_RETENTION_DAYS: positive,
  WAFLEET_SESSION_LIMITS: namedCounts(tiers),
  WAFLEET_RATE_LIMITS: namedCounts(rateLayers),
  // What the console's distribution adds to requests; empty where there is none.
  WAFLEET_PAGE_MARK: z.string(),
  WAFLEET_METRICS: name,
  WAFLEET_CONNECTION_LIMIT: positive,
  WAFLEET_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]),
} as const satisfies Record<string, z.ZodType>;

export type EnvironmentName = keyof typeof environment;

/** Settings that have a default; the others must be given by whoever starts the process. */
export const environmentDefaults = {
  WAFLEET_SESSIONS_PER_WORKER: "500",
  WAFLEET_MAX_WORKERS: "10",
  WAFLEET_SHARDS: "16",
  WAFLEET_MESSAGE_RETENTION_DAYS: "30",
  WAFLEET_EVENT_RETENTION_DAYS: "7",
  WAFLEET_AUDIT_RETENTION_DAYS: "90",
  WAFLEET_SESSION_LIMITS: "basic:5,pro:20,max:40",
  WAFLEET_RATE_LIMITS: "address:120,account:6000,key:3000,session:600",
  WAFLEET_PAGE_MARK: "",
  WAFLEET_METRICS: metricsOff,
  WAFLEET_CONNECTION_LIMIT: "100",
  WAFLEET_SINK_BUS: "",
  WAFLEET_SINK_QUEUE_URL: "",
  WAFLEET_LOG_LEVEL: "info",
  WAFLEET_TENANT_TARGETS: "public",
} as const satisfies Partial<Record<EnvironmentName, string>>;

/** The URL of one shard's commands queue. */
export function commandsQueueUrl(template: string, shard: number): string {
  return decodeURI(template).replace("{shard}", String(shard));
}
