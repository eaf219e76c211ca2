import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";

/**
 * Looks at the size of the fleet every few minutes: to grow, and to go when nobody is left. An empty
 * fleet is woken by connecting, at once. 8,640 short invocations a month cost less than a cent.
 */
export function scheduleSizing(scope: Construct, schedule: IFunction): void {
  const rule = new Rule(scope, "fleet-size", { schedule: Schedule.rate(Duration.minutes(5)) });
  rule.addTarget(new LambdaFunction(schedule, { retryAttempts: 0 }));
}
