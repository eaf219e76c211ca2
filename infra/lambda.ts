import { Duration, Validations } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Function,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { LambdaName } from "#shared/resources/processes.ts";
import { processes } from "#shared/resources/processes.ts";
import { queues } from "#shared/resources/queues.ts";
import { bindProcess } from "./bind-process.ts";
import { bundleHandler } from "./bundle-handler.ts";
import { createLogGroup } from "./log-group.ts";
import type { ProcessSettings, Resources } from "./resources.ts";

export type AreaLambdaProps = {
  stage: string;
  resources: Resources;
  settings: ProcessSettings;
  logRetentionDays: RetentionDays;
  tracing: boolean;
};

type Size = { memoryMiB: number; timeout: Duration };

/** A Lambda's share of a core grows with its memory: 1,769 MiB is one. */
const usualSize: Size = { memoryMiB: 512, timeout: Duration.seconds(15) };

const sizes: Partial<Record<LambdaName, Partial<Size>>> = {
  // Password hashes take their time from the processor.
  accounts: { memoryMiB: 1024 },
  // Answers wait up to 20 seconds for an event.
  events: { timeout: Duration.seconds(29) },
  socket: { timeout: Duration.seconds(29) },
  // AWS asks for a sixth of the queue's visibility timeout, so that a batch is not delivered twice.
  dispatch: { timeout: Duration.seconds(queues.events.visibilityTimeoutSeconds / 6) },
  // Little work and long waits for others: what counts is how little memory waits.
  deliver: {
    memoryMiB: 256,
    timeout: Duration.seconds(queues.webhooks.visibilityTimeoutSeconds / 6),
  },
  batches: { timeout: Duration.seconds(queues.batches.visibilityTimeoutSeconds / 6) },
  wake: { memoryMiB: 256, timeout: Duration.seconds(60) },
};

/** One area's Lambda with a role of its own, bound to what the processes table says of it. */
export class AreaLambda extends Function {
  constructor(scope: Construct, name: LambdaName, props: AreaLambdaProps) {
    const { stage, resources, settings, logRetentionDays, tracing } = props;
    const { memoryMiB, timeout } = { ...usualSize, ...sizes[name] };
    const role = new Role(scope, `${name}-role`, {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `${stage}: ${processes[name].purpose}`,
    });
    const logGroup = createLogGroup(scope, `${name}-logs`, `/${stage}/${name}`, logRetentionDays);
    logGroup.grantWrite(role);
    super(scope, `${name}-lambda`, {
      functionName: `${stage}-${name}`,
      description: processes[name].purpose,
      code: bundleHandler(name),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMiB,
      timeout,
      role,
      logGroup,
      // Lambda's own lines of each invocation would cost more than the invocation: what failed is
      // said all the same, and times are metrics that cost nothing.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(tracing && { tracing: Tracing.ACTIVE }),
      environment: bindProcess(name, role, resources, settings),
    });
    if (!tracing) return;
    Validations.of(role).acknowledge({
      id: "AwsSolutions-IAM5[Resource::*]",
      reason: "X-Ray has no resources: its two writing actions work on * only.",
    });
  }
}
