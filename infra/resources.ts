import type { Key } from "aws-cdk-lib/aws-kms";
import type { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { z } from "zod";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";
import type { environment } from "#shared/resources/environment.ts";
import type { Buckets } from "./buckets.ts";
import type { Queues } from "./queues.ts";
import type { Tables } from "./tables.ts";
import type { SocketDoor } from "./websocket-api.ts";

/** What processes are bound to. */
export type Resources = {
  tables: Tables;
  queues: Queues;
  buckets: Buckets;
  key: Key;
  tokenSecret: Secret;
  operatorSecret: Secret;
  socket: SocketDoor;
};

/** Settings that processes read from their environment. */
export type ProcessSettings = {
  stage: string;
  sessionsPerWorker: number;
  maxWorkers: number;
  shards: number;
  messageRetentionDays: number;
  eventRetentionDays: number;
  connectionLimit: number;
  /** Empty where there is none. */
  sinkBusArn: string;
  sinkQueueArn: string;
  auditRetentionDays: number;
  sessionLimits: string;
  rateLimits: string;
  tenantTargets: TenantTargets;
  /** Empty where no console is hosted. */
  pageMark: string;
  metrics: boolean;
  logLevel: z.infer<typeof environment.WAFLEET_LOG_LEVEL>;
};
