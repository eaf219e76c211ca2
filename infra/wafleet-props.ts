import type { IVpc } from "aws-cdk-lib/aws-ec2";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { environmentDefaults } from "#shared/resources/environment.ts";
import { defaultShards } from "#shared/resources/queues.ts";
import { defaultRunbooks } from "./alarms.ts";
import type { DomainSettings } from "./domains.ts";
import type { ProcessSettings } from "./resources.ts";

export type WafleetProps = {
  /** Starts every physical name, so that several deployments can share an account. */
  stage?: string;
  /** Slices of the sessions, each with a commands queue. Raise it only: sessions keep theirs. */
  shards?: number;
  /** Days that messages are kept. */
  messageRetentionDays?: number;
  /** How long the event log reaches back, at least 3 days. */
  eventRetentionDays?: number;
  /** An EventBridge bus of this region that gets every event of every account. */
  sinkBusArn?: string;
  /** The same for an SQS queue of this region, standard or FIFO. */
  sinkQueueArn?: string;
  /** WebSocket connections that an account may have at a time. */
  connectionLimit?: number;
  /** Days that the audit's entries are kept. */
  auditRetentionDays?: number;
  /** Sessions that each plan allows, like `basic:5,pro:20,max:40`. */
  sessionLimits?: string;
  /** Requests a minute by address, account and key, and sends by session; 0 is no limit. */
  rateLimits?: string;
  logLevel?: ProcessSettings["logLevel"];
  /** What tenants may have us call by webhooks, files' URLs and proxies. `any` is for trials only. */
  tenantTargets?: ProcessSettings["tenantTargets"];
  logRetentionDays?: RetentionDays;
  /** Access logs of the WebSocket API too; the account needs API Gateway's CloudWatch role for it. */
  socketLogs?: boolean;
  /** The most workers that may run; none does while no session wants to be connected. */
  maxWorkers?: number;
  /** Sessions that one worker carries before another one is started. */
  sessionsPerWorker?: number;
  /** Of one worker; 1,024 is one core. */
  workerCpu?: number;
  workerMemoryMiB?: number;
  /** Origins of web pages that may call the HTTP API and use its links; the console may anyway. */
  allowedOrigins?: string[];
  /** Of the whole HTTP API; more are answered with 429. */
  requestsPerSecond?: number;
  /** Tables, snapshots, key and secret survive `cdk destroy`. False for trials only. */
  keepData?: boolean;
  /** Names of your own for the APIs; those that AWS gives when absent. */
  domain?: DomainSettings;
  /** Where workers run; a network of its own when absent. It must have a way to the internet. */
  vpc?: IVpc;
  /** Ports, beside 443, at which workers reach the proxies that sessions are given. */
  proxyPorts?: number[];
  /** Above 0, workers are in private subnets behind so many NAT gateways, each $33 a month. */
  natGateways?: number;
  /** Workers on spare capacity, at about a third of the price: AWS takes it back at two minutes' notice. */
  spot?: boolean;
  /** Processes write CloudWatch metrics. */
  metrics?: boolean;
  /** X-Ray follows requests through APIs, Lambdas and queues: $5 for each million traces. */
  tracing?: boolean;
  /** Batches of one queue that Lambdas work on at a time, so that the APIs keep some of the account's. */
  queueConcurrency?: number;
  /** Told of alarms, beside `alarmEmail`. */
  alarmTopic?: ITopic;
  /** Who gets a mail for each alarm, and when the month costs more than `monthlyBudget`. */
  alarmEmail?: string;
  /** Dollars. */
  monthlyBudget?: number;
  /** Starts the links of alarms to their runbooks. */
  runbooks?: string;
  /** The folder of the built console, as `npm run console` prints it; none is hosted without. */
  consoleFolder?: string;
  /** A firewall before the console's distribution, from $8 a month. The stack must be in us-east-1. */
  firewall?: boolean;
  /** A web ACL of your own, of scope CLOUDFRONT, in place of `firewall`. */
  webAclArn?: string;
};

/** Settings that there need not be. */
type Optional = "domain" | "vpc" | "alarmTopic" | "alarmEmail" | "consoleFolder" | "webAclArn";
/** A deployment's settings, each decided. */
export type Settled = Required<Omit<WafleetProps, Optional>> & Pick<WafleetProps, Optional>;

export const defaults: Settled = {
  stage: "wafleet",
  shards: defaultShards,
  messageRetentionDays: Number(environmentDefaults.WAFLEET_MESSAGE_RETENTION_DAYS),
  eventRetentionDays: Number(environmentDefaults.WAFLEET_EVENT_RETENTION_DAYS),
  sinkBusArn: "",
  sinkQueueArn: "",
  connectionLimit: Number(environmentDefaults.WAFLEET_CONNECTION_LIMIT),
  auditRetentionDays: Number(environmentDefaults.WAFLEET_AUDIT_RETENTION_DAYS),
  sessionLimits: environmentDefaults.WAFLEET_SESSION_LIMITS,
  rateLimits: environmentDefaults.WAFLEET_RATE_LIMITS,
  logLevel: environmentDefaults.WAFLEET_LOG_LEVEL,
  tenantTargets: environmentDefaults.WAFLEET_TENANT_TARGETS,
  logRetentionDays: RetentionDays.ONE_MONTH,
  socketLogs: false,
  maxWorkers: Number(environmentDefaults.WAFLEET_MAX_WORKERS),
  sessionsPerWorker: Number(environmentDefaults.WAFLEET_SESSIONS_PER_WORKER),
  workerCpu: 512,
  workerMemoryMiB: 1024,
  allowedOrigins: [],
  requestsPerSecond: 500,
  keepData: true,
  proxyPorts: [1080, 3128, 8080],
  natGateways: 0,
  spot: false,
  metrics: true,
  tracing: false,
  queueConcurrency: 100,
  monthlyBudget: 50,
  runbooks: defaultRunbooks,
  firewall: false,
};
