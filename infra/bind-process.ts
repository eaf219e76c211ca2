import type { Role } from "aws-cdk-lib/aws-iam";
import type { EnvironmentName } from "#shared/resources/environment.ts";
import { metricsOff } from "#shared/resources/metrics.ts";
import { runnerCluster, runnerService } from "#shared/resources/names.ts";
import { environmentNames, processes } from "#shared/resources/processes.ts";
import type { Binding, ProcessName } from "#shared/resources/processes.ts";
import { allowSinkRoles, grantSinks, queueUrlOf } from "./sinks.ts";
import { grantBinding } from "./grant-binding.ts";
import type { ProcessSettings, Resources } from "./resources.ts";

/**
 * Gives a process what the processes table says, and nothing else: its role may touch exactly what
 * the environment that comes back names.
 */
export function bindProcess(
  name: ProcessName,
  role: Role,
  resources: Resources,
  settings: ProcessSettings,
): Record<string, string> {
  const binding: Binding = processes[name];
  grantBinding(role, binding, resources, settings.stage);
  if (binding.feedsSinks) grantSinks(role, settings);
  if (binding.assumesSinkRoles) allowSinkRoles(role);
  const values = environmentValues(resources, settings);
  return Object.fromEntries(
    environmentNames(binding).map((variable) => [variable, values[variable]]),
  );
}

function environmentValues(
  { tables, queues, buckets, key, tokenSecret, operatorSecret, socket }: Resources,
  settings: ProcessSettings,
): Record<EnvironmentName, string> {
  return {
    WAFLEET_LOGINS_TABLE: tables.logins.tableName,
    WAFLEET_CONTROL_TABLE: tables.control.tableName,
    WAFLEET_AUDIT_TABLE: tables.audit.tableName,
    WAFLEET_MESSAGES_TABLE: tables.messages.tableName,
    WAFLEET_JOURNAL_TABLE: tables.journal.tableName,
    WAFLEET_FLEET_TABLE: tables.fleet.tableName,
    WAFLEET_WEBHOOKS_TABLE: tables.webhooks.tableName,
    WAFLEET_SECRETS_TABLE: tables.secrets.tableName,
    WAFLEET_COMMANDS_QUEUE_URL: queues.commands.url,
    WAFLEET_EVENTS_QUEUE_URL: queues.events.url,
    WAFLEET_WEBHOOKS_QUEUE_URL: queues.webhooks.url,
    WAFLEET_BATCHES_QUEUE_URL: queues.batches.url,
    WAFLEET_TENANT_TARGETS: settings.tenantTargets,
    WAFLEET_SNAPSHOTS_BUCKET: buckets.snapshots.bucketName,
    WAFLEET_BUNDLES_BUCKET: buckets.bundles.bucketName,
    WAFLEET_MEDIA_BUCKET: buckets.media.bucketName,
    WAFLEET_KEY_ID: key.keyArn,
    WAFLEET_TOKEN_SECRET_ID: tokenSecret.secretArn,
    WAFLEET_OPERATOR_SECRET_ID: operatorSecret.secretArn,
    WAFLEET_MANAGEMENT_ENDPOINT: socket.managementEndpoint,
    WAFLEET_RUNNER_SERVICE: `${runnerCluster(settings.stage)}/${runnerService(settings.stage)}`,
    WAFLEET_SESSIONS_PER_WORKER: String(settings.sessionsPerWorker),
    WAFLEET_MAX_WORKERS: String(settings.maxWorkers),
    WAFLEET_SHARDS: String(settings.shards),
    WAFLEET_MESSAGE_RETENTION_DAYS: String(settings.messageRetentionDays),
    WAFLEET_SINK_BUS: settings.sinkBusArn,
    WAFLEET_SINK_QUEUE_URL: queueUrlOf(settings.sinkQueueArn),
    WAFLEET_CONNECTION_LIMIT: String(settings.connectionLimit),
    WAFLEET_EVENT_RETENTION_DAYS: String(settings.eventRetentionDays),
    WAFLEET_AUDIT_RETENTION_DAYS: String(settings.auditRetentionDays),
    WAFLEET_SESSION_LIMITS: settings.sessionLimits,
    WAFLEET_RATE_LIMITS: settings.rateLimits,
    WAFLEET_PAGE_MARK: settings.pageMark,
    WAFLEET_METRICS: settings.metrics ? settings.stage : metricsOff,
    WAFLEET_LOG_LEVEL: settings.logLevel,
  };
}
