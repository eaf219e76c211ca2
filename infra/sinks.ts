import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Role } from "aws-cdk-lib/aws-iam";
import { findSinkTarget, sinkRolePrefix } from "#shared/contracts/sink-target.ts";
import { acknowledgeWildcard } from "./acknowledge-wildcard.ts";
import type { ProcessSettings } from "./resources.ts";

type Sinks = Pick<ProcessSettings, "sinkBusArn" | "sinkQueueArn">;

/** Lets a role give events to the sinks that there are, and to no others. */
export function grantSinks(role: Role, { sinkBusArn, sinkQueueArn }: Sinks): void {
  if (sinkBusArn) allow(role, "events:PutEvents", sinkBusArn);
  if (sinkQueueArn) allow(role, "sqs:SendMessage", sinkQueueArn);
}

/** Lets a role take on those of other AWS accounts that are named for it, and that trust it. */
export function allowSinkRoles(role: Role): void {
  const { partition } = Stack.of(role);
  const roles = `arn:${partition}:iam::*:role/${sinkRolePrefix}*`;
  allow(role, "sts:AssumeRole", roles);
  acknowledgeWildcard(role, roles, "Tenants' own roles, each of which has to trust this one.");
}

/** @throws {RangeError} when the text is no ARN of a queue */
export function queueUrlOf(arn: string): string {
  if (arn === "") return "";
  const target = findSinkTarget(arn);
  if (target?.kind === "queue") return target.url;
  throw new RangeError(`${arn} is no queue: it must be like arn:aws:sqs:<region>:<account>:<name>`);
}

function allow(role: Role, action: string, resource: string): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
}
