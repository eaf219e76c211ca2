import { RemovalPolicy } from "aws-cdk-lib";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";

/** Logs are kept for a while and then go; they hold nothing that cannot be lost. */
export function createLogGroup(
  scope: Construct,
  id: string,
  logGroupName: string,
  retention: RetentionDays,
): LogGroup {
  return new LogGroup(scope, id, { logGroupName, retention, removalPolicy: RemovalPolicy.DESTROY });
}
