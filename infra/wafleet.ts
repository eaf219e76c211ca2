import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { environmentDefaults } from "#shared/resources/environment.ts";
import { processes } from "#shared/resources/processes.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import { defaultShards } from "#shared/resources/queues.ts";
import { createBuckets } from "./buckets.ts";
import { createDeploymentSecret, operatorSecretUse, tokenSecretUse } from "./deployment-secret.ts";
import { feedLambdas } from "./feed-lambdas.ts";
import { createHttpApi } from "./http-api.ts";
import { createKey } from "./key.ts";
import { AreaLambda } from "./lambda.ts";
import { createLogGroup } from "./log-group.ts";
import { createNetwork } from "./network.ts";
import { createQueues } from "./queues.ts";
import type { ProcessSettings, Resources } from "./resources.ts";
import { createRunner } from "./runner.ts";
import { scheduleSizing } from "./schedule.ts";
import { createSchedules } from "./schedules.ts";
import { createTables } from "./tables.ts";
import { createSocketDoor, routeSocket } from "./websocket-api.ts";

export type WafleetProps = {
  /** Starts every physical name, so that several deployments can share an account. */
  stage?: string;
  /** Slices of the sessions, each with a commands queue. Raise it only: sessions keep theirs. */
  shards?: number;
  /** Days that messages are kept. */
  messageRetentionDays?: number;
  /** How long the event log reaches back, at least 3 days. */
  eventRetentionDays?: number;
  /** Days that the audit's entries are kept. */
  auditRetentionDays?: number;
  /** Sessions that each plan allows, like `basic:5,pro:20,max:40`. */
  sessionLimits?: string;
  /** Requests a minute by address, account and key, and sends by session; 0 is no limit. */
  rateLimits?: string;
  logLevel?: ProcessSettings["logLevel"];
  /** What tenants may have us call: the public internet over TLS. `any` is for trials only. */
  webhookTargets?: ProcessSettings["webhookTargets"];
  logRetentionDays?: RetentionDays;
  /** The most workers that may run; none does while no session wants to be connected. */
  maxWorkers?: number;
  /** Sessions that one worker carries before another one is started. */
  sessionsPerWorker?: number;
  /** Of one worker; 1,024 is one core. */
  workerCpu?: number;
  workerMemoryMiB?: number;
  /** Origins of web pages that may call the HTTP API. */
  allowedOrigins?: string[];
  /** Of the whole HTTP API; more are answered with 429. */
  requestsPerSecond?: number;
  /** Tables, snapshots, key and secret survive `cdk destroy`. False for trials only. */
  keepData?: boolean;
};

const defaults: Required<WafleetProps> = {
  stage: "wafleet",
  shards: defaultShards,
  messageRetentionDays: Number(environmentDefaults.WAFLEET_MESSAGE_RETENTION_DAYS),
  eventRetentionDays: Number(environmentDefaults.WAFLEET_EVENT_RETENTION_DAYS),
  auditRetentionDays: Number(environmentDefaults.WAFLEET_AUDIT_RETENTION_DAYS),
  sessionLimits: environmentDefaults.WAFLEET_SESSION_LIMITS,
  rateLimits: environmentDefaults.WAFLEET_RATE_LIMITS,
  logLevel: environmentDefaults.WAFLEET_LOG_LEVEL,
  webhookTargets: environmentDefaults.WAFLEET_WEBHOOK_TARGETS,
  logRetentionDays: RetentionDays.ONE_MONTH,
  maxWorkers: Number(environmentDefaults.WAFLEET_MAX_WORKERS),
  sessionsPerWorker: Number(environmentDefaults.WAFLEET_SESSIONS_PER_WORKER),
  workerCpu: 512,
  workerMemoryMiB: 1024,
  allowedOrigins: [],
  requestsPerSecond: 500,
  keepData: true,
};

/** A whole fleet: APIs, Lambdas, tables, queues and the workers that hold the sessions. */
export class Wafleet extends Construct {
  readonly httpUrl: string;
  readonly socketUrl: string;

  constructor(scope: Construct, id: string, props: WafleetProps = {}) {
    super(scope, id);
    const all = { ...defaults, ...props };
    const { stage, keepData, logRetentionDays } = all;
    const logs = createLogGroup(this, "access-logs", `/${stage}/access`, logRetentionDays);
    const resources: Resources = {
      tables: createTables(this, stage, keepData),
      queues: createQueues(this, stage, all.shards),
      buckets: createBuckets(this, stage, keepData),
      key: createKey(this, stage, keepData),
      tokenSecret: createDeploymentSecret(this, stage, keepData, tokenSecretUse),
      operatorSecret: createDeploymentSecret(this, stage, keepData, operatorSecretUse),
      socket: createSocketDoor(this, stage, logs),
    };
    const bound = { stage, resources, settings: all, logRetentionDays };
    const lambdas = createLambdas((name) => new AreaLambda(this, name, bound));
    this.httpUrl = createHttpApi(this, { ...all, lambdas, logs });
    this.socketUrl = resources.socket.url;
    routeSocket(resources.socket, lambdas.socket);
    scheduleSizing(this, lambdas.schedule);
    feedLambdas(resources.queues, lambdas);
    createSchedules(this, stage, lambdas);
    createRunner(this, {
      ...bound,
      network: createNetwork(this, stage),
      cpu: all.workerCpu,
      memoryMiB: all.workerMemoryMiB,
    });
  }
}

function createLambdas(create: (name: LambdaName) => AreaLambda): Record<LambdaName, AreaLambda> {
  const names = Object.keys(processes).filter((name) => name !== "runner") as LambdaName[];
  return Object.fromEntries(names.map((name) => [name, create(name)])) as Record<
    LambdaName,
    AreaLambda
  >;
}
