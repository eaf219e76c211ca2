import { fullDiff, ResourceImpact } from "@aws-cdk/cloudformation-diff";
import { expect, test } from "vitest";
import { everyOption } from "./every-option.ts";
import { synthFleet, synthHosted } from "./synth-fleet.ts";
import type { Fleet } from "./synth-fleet.ts";

const deployed = synthFleet({ shards: 2 });
const changed = synthHosted({
  ...everyOption,
  shards: 3,
  maxWorkers: 3,
  workerCpu: 1024,
  workerMemoryMiB: 2048,
  messageRetentionDays: 7,
  logRetentionDays: 7,
  allowedOrigins: ["https://example.com"],
  proxyPorts: [9050],
  metrics: false,
  keepData: false,
});

/** AWS cannot make a second one beside the first: its name is taken, or what it holds would be lost. */
const unique =
  /^AWS::(?:DynamoDB|S3|SQS|KMS|SecretsManager|Lambda|Logs|ApiGatewayV2)::|^AWS::ECS::(?:Cluster|Service)$|^AWS::EC2::(?:VPC|Subnet)$/;

test("whatever is set later, nothing that a fleet has once goes or has to be made anew", () => {
  const { WILL_REPLACE, WILL_DESTROY, WILL_ORPHAN } = ResourceImpact;
  expect(changesOf(deployed, changed, [WILL_REPLACE, WILL_DESTROY, WILL_ORPHAN])).toEqual([]);
});

test("and it can be taken back", () => {
  expect(changesOf(changed, deployed, [ResourceImpact.WILL_REPLACE])).toEqual([]);
});

test("a NAT gateway that comes later finds addresses left, and public subnets as they were", () => {
  const subnets = deployed.find("AWS::EC2::Subnet");
  expect(Object.keys(subnets)).toHaveLength(2);
  expect(changed.find("AWS::EC2::Subnet")).toMatchObject(subnets);
});

/** What is unique and would be changed in one of these ways. */
function changesOf(before: Fleet, after: Fleet, impacts: ResourceImpact[]): string[] {
  const { resources } = fullDiff(before.template.toJSON(), after.template.toJSON());
  return Object.entries(resources.changes)
    .filter(([, { changeImpact }]) => impacts.includes(changeImpact))
    .filter(([, { resourceType }]) => unique.test(resourceType ?? ""))
    .map(([id]) => id);
}
