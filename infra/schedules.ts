import { Duration } from "aws-cdk-lib";
import { Rule, RuleTargetInput, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import type { LambdaName } from "#shared/resources/processes.ts";
import { schedules } from "#shared/resources/schedules.ts";

/** Every schedule of the resource table: EventBridge calls its Lambda by the clock. */
export function createSchedules(
  scope: Construct,
  stage: string,
  lambdas: Record<LambdaName, IFunction>,
): void {
  for (const [name, { purpose, lambda, everyMinutes }] of Object.entries(schedules)) {
    const event = RuleTargetInput.fromObject({ schedule: name });
    const rule = new Rule(scope, `${name}-schedule`, {
      ruleName: `${stage}-${name}`,
      description: purpose,
      schedule: Schedule.rate(Duration.minutes(everyMinutes)),
    });
    // What it missed is due at its next call as well.
    rule.addTarget(new LambdaFunction(lambdas[lambda], { event, retryAttempts: 0 }));
  }
}
