import { Tags } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Construct } from "constructs";
import { processes } from "#shared/resources/processes.ts";
import type { LambdaName } from "#shared/resources/processes.ts";
import { createBuckets, openToPages } from "./buckets.ts";
import { hostConsole } from "./console.ts";
import { openDomains } from "./domains.ts";
import { createFirewall } from "./firewall.ts";
import { createDeploymentSecret, operatorSecretUse, tokenSecretUse } from "./deployment-secret.ts";
import { feedLambdas } from "./feed-lambdas.ts";
import { createHttpApi } from "./http-api.ts";
import { createKey } from "./key.ts";
import { AreaLambda } from "./lambda.ts";
import { createLogGroup } from "./log-group.ts";
import { createNetwork } from "./network.ts";
import { pageMark } from "./page-mark.ts";
import { createQueues } from "./queues.ts";
import type { Resources } from "./resources.ts";
import { createRunner } from "./runner.ts";
import { watchOver } from "./watch-over.ts";
import { scheduleSizing } from "./schedule-sizing.ts";
import { createSchedules } from "./schedules.ts";
import { createTables } from "./tables.ts";
import { defaults } from "./wafleet-props.ts";
import type { Settled, WafleetProps } from "./wafleet-props.ts";
import { createSocketDoor, routeSocket } from "./websocket-api.ts";

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
    const settings = { ...all, pageMark: all.consoleFolder ? pageMark() : "" };
    const bound = { stage, resources, settings, logRetentionDays };
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
