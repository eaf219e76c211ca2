import { join } from "node:path";
import { Duration, IgnoreMode, Validations } from "aws-cdk-lib";
import { Platform } from "aws-cdk-lib/aws-ecr-assets";
import {
  AvailabilityZoneRebalancing,
  AwsLogDriverMode,
  Capability,
  Cluster,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
} from "aws-cdk-lib/aws-ecs";
import type { ICluster } from "aws-cdk-lib/aws-ecs";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { runnerCluster, runnerService } from "#shared/resources/names.ts";
import { processes } from "#shared/resources/processes.ts";
import { bindProcess } from "./bind-process.ts";
import { createLogGroup } from "./log-group.ts";
import type { Network } from "./network.ts";
import type { ProcessSettings, Resources } from "./resources.ts";

export type RunnerProps = {
  stage: string;
  resources: Resources;
  settings: ProcessSettings;
  network: Network;
  /** 1,024 is one core. */
  cpu: number;
  memoryMiB: number;
  /** On capacity that AWS may take back. */
  spot: boolean;
  logRetentionDays: RetentionDays;
};

const stopTimeout = Duration.seconds(120);

/** The session runner: an ECS service of workers without a way in. */
export function createRunner(scope: Construct, props: RunnerProps): FargateService {
  const { stage, network, spot } = props;
  const cluster = new Cluster(scope, "cluster", {
    clusterName: runnerCluster(stage),
    vpc: network.vpc,
    enableFargateCapacityProviders: true,
  }) as ICluster;
  Validations.of(cluster).acknowledge({
    id: "AwsSolutions-ECS4",
    reason:
      "Container Insights bills each metric of each task; what matters is in the runner's own log.",
  });
  return new FargateService(scope, "runner-service", {
    serviceName: runnerService(stage),
    cluster,
    taskDefinition: createTask(scope, props),
    // No desired count: the schedule sets it, and a deploy must not undo that.
    assignPublicIp: network.isPublic,
    vpcSubnets: {
      subnets: network.isPublic ? network.vpc.publicSubnets : network.vpc.privateSubnets,
    },
    securityGroups: [network.securityGroup],
    // A new worker stands before an old one leaves, so that its sessions have somewhere to go.
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { rollback: true },
    // Named in either case: a service that changes from a launch type to this has to be made anew,
    // which cannot be done under its name.
    capacityProviderStrategies: [
      { capacityProvider: spot ? "FARGATE_SPOT" : "FARGATE", weight: 1 },
    ],
    // Moving workers for symmetry would hand sessions over for nothing.
    availabilityZoneRebalancing: AvailabilityZoneRebalancing.DISABLED,
  });
}

function createTask(scope: Construct, props: RunnerProps): FargateTaskDefinition {
  const { stage, resources, settings, cpu, memoryMiB, logRetentionDays } = props;
  const taskRole = new Role(scope, "runner-role", {
    assumedBy: new ServicePrincipal("ecs-tasks.amazonaws.com"),
    description: `${stage}: ${processes.runner.purpose}`,
  });
  const task = new FargateTaskDefinition(scope, "runner-task", {
    family: `${stage}-runner`,
    cpu,
    memoryLimitMiB: memoryMiB,
    taskRole,
    // Files of messages lie here while they are encrypted or decrypted.
    volumes: [{ name: "tmp" }],
    runtimePlatform: {
      cpuArchitecture: CpuArchitecture.ARM64,
      operatingSystemFamily: OperatingSystemFamily.LINUX,
    },
  });
  const linuxParameters = new LinuxParameters(scope, "runner-linux");
  linuxParameters.dropCapabilities(Capability.ALL);
  const container = task.addContainer("runner", {
    image: runnerImage(),
    environment: bindProcess("runner", taskRole, resources, settings),
    user: "node",
    readonlyRootFilesystem: true,
    linuxParameters,
    stopTimeout,
    // Answered by the worker's own heartbeat: not by its stores, and not by WhatsApp.
    healthCheck: {
      command: ["CMD", "node", "session-runner/health-check.ts"],
      interval: Duration.seconds(30),
      timeout: Duration.seconds(15),
      retries: 3,
      startPeriod: Duration.seconds(60),
    },
    logging: LogDrivers.awsLogs({
      logGroup: createLogGroup(scope, "runner-logs", `/${stage}/runner`, logRetentionDays),
      streamPrefix: "runner",
      // A log that is slow to write must not hold up sessions.
      mode: AwsLogDriverMode.NON_BLOCKING,
    }),
  });
  container.addMountPoints({ sourceVolume: "tmp", containerPath: "/tmp", readOnly: false });
  acknowledgeTask(task);
  return task;
}

/** Built when it is deployed; what goes in is chosen by `.dockerignore`. */
function runnerImage(): ContainerImage {
  return ContainerImage.fromAsset(join(import.meta.dirname, ".."), {
    file: "session-runner/Dockerfile",
    platform: Platform.LINUX_ARM64,
    ignoreMode: IgnoreMode.DOCKER,
  });
}

function acknowledgeTask(task: FargateTaskDefinition): void {
  Validations.of(task).acknowledge(
    {
      id: "AwsSolutions-ECS2",
      reason: "The variables name tables, queues, a bucket and a key: no secret is among them.",
    },
    {
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "Signing in to the image registry, for the execution role, works on * only.",
    },
  );
}
