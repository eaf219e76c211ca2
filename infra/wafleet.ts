import { Tags } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import type { IVpc } from "aws-cdk-lib/aws-ec2";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { environmentDefaults } from "#shared/resources/environment.ts";
import { processes } from "#shared/resources/processes.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import { defaultShards } from "#shared/resources/queues.ts";
import { defaultRunbooks } from "./alarms.ts";
import { createBuckets, openToPages } from "./buckets.ts";
import { hostConsole } from "./console.ts";
import { openDomains } from "./domains.ts";
import type { DomainSettings } from "./domains.ts";
import { createFirewall } from "./firewall.ts";
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
import { watchOver } from "./watch-over.ts";
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
  /** An EventBridge bus of this region that gets every event of every account. */
  sinkBusArn?: string;
  /** The same for an SQS queue, standard or FIFO. */
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
type Settled = Required<Omit<WafleetProps, Optional>> & Pick<WafleetProps, Optional>;

const defaults: Settled = {
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

/** A whole fleet: APIs, Lambdas, tables, queues and the workers that hold the sessions. */
export class Wafleet extends Construct {
  readonly httpUrl: string;
  readonly socketUrl: string;
  /** Of the role that takes on the roles of tenants' queues and buses. */
  readonly senderArn: string;
  /** Undefined when none is hosted. */
  readonly consoleUrl: string | undefined;

  constructor(scope: Construct, id: string, props: WafleetProps = {}) {
    super(scope, id);
    const all: Settled = { ...defaults, ...props };
    const { stage, keepData, logRetentionDays } = all;
    // What bills and budgets are told apart by.
    Tags.of(this).add("wafleet", stage);
    const logs = createLogGroup(this, "access-logs", `/${stage}/access`, logRetentionDays);
    const domains = all.domain && openDomains(this, all.domain);
    const resources: Resources = {
      tables: createTables(this, stage, keepData),
      queues: createQueues(this, stage, all.shards),
      buckets: createBuckets(this, stage, keepData),
      key: createKey(this, stage, keepData),
      tokenSecret: createDeploymentSecret(this, stage, keepData, tokenSecretUse),
      operatorSecret: createDeploymentSecret(this, stage, keepData, operatorSecretUse),
      socket: createSocketDoor(this, {
        stage,
        logs: all.socketLogs ? logs : undefined,
        domain: domains?.socket,
      }),
    };
    const { queues, socket } = resources;
    const bound = { stage, resources, settings: all, logRetentionDays };
    const lambdas = createLambdas(
      (name) => new AreaLambda(this, name, { ...bound, tracing: all.tracing }),
    );
    this.senderArn = lambdas.deliver.role?.roleArn ?? "";
    const http = createHttpApi(this, { ...all, lambdas, logs, domain: domains?.http });
    this.httpUrl = http.url;
    this.socketUrl = socket.url;
    routeSocket(socket, lambdas.socket);
    scheduleSizing(this, lambdas.schedule);
    feedLambdas(queues, lambdas, all.queueConcurrency);
    createSchedules(this, stage, lambdas);
    const network = createNetwork(this, all);
    const size = { cpu: all.workerCpu, memoryMiB: all.workerMemoryMiB };
    const service = createRunner(this, { ...bound, ...size, network, spot: all.spot });
    const console = this.#hostConsole(all, http.api);
    this.consoleUrl = console && `${console}/`;
    openToPages(resources.buckets, [...all.allowedOrigins, ...(console ? [console] : [])]);
    watchOver(this, {
      ...all,
      ...size,
      parts: { api: http.api, queues, lambdas, service },
    });
  }

  /** The console's origin. */
  #hostConsole(all: Settled, api: HttpApi): string | undefined {
    const { stage, consoleFolder: folder } = all;
    if (!folder) return undefined;
    const firewall = all.firewall ? createFirewall(this, stage).attrArn : undefined;
    const webAclArn = all.webAclArn ?? firewall;
    const { socketUrl } = this;
    const distribution = hostConsole(this, { stage, folder, api, socketUrl, webAclArn });
    return `https://${distribution.distributionDomainName}`;
  }
}

function createLambdas(create: (name: LambdaName) => AreaLambda): Record<LambdaName, AreaLambda> {
  const names = Object.keys(processes).filter((name) => name !== "runner") as LambdaName[];
  return Object.fromEntries(names.map((name) => [name, create(name)])) as Record<
    LambdaName,
    AreaLambda
  >;
}
