// Exact actions on exact resources. CDK's own grants are wider: its `grantReadData` allows scans of
// the whole table, for one.
import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Role } from "aws-cdk-lib/aws-iam";
import type { BucketName } from "#shared/resources/buckets.ts";
import { runnerCluster, runnerService } from "#shared/resources/names.ts";
import type { Access, Binding, QueueUse } from "#shared/resources/processes.ts";
import type { QueueName } from "#shared/resources/queues.ts";
import { tables as tableTable } from "#shared/resources/tables.ts";
import type { TableName } from "#shared/resources/tables.ts";
import { acknowledgeWildcard } from "./acknowledge-wildcard.ts";
import { allowSealing } from "./key.ts";
import type { Resources } from "./resources.ts";

const readItems = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];
const writeItems = [
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
  "dynamodb:BatchWriteItem",
];
const readObjects = ["s3:GetObject"];
const writeObjects = ["s3:PutObject", "s3:DeleteObject"];

const send = ["sqs:SendMessage"];
const consume = [
  "sqs:ReceiveMessage",
  "sqs:DeleteMessage",
  "sqs:ChangeMessageVisibility",
  "sqs:GetQueueAttributes",
];
const queueActions: Record<QueueUse, string[]> = {
  send,
  consume,
  sendAndConsume: [...send, ...consume],
  inspect: ["sqs:GetQueueAttributes"],
};

/** A policy holds 6,144 characters, and CDK divides what is longer between statements only. */
const queuesAStatement = 40;

/** Adds to a role what its binding allows. */
export function grantBinding(
  role: Role,
  binding: Binding,
  resources: Resources,
  stage: string,
): void {
  for (const [name, access] of Object.entries(binding.tables)) {
    grantTable(role, name as TableName, access, resources);
  }
  for (const [name, use] of Object.entries(binding.queues)) {
    grantQueues(role, name as QueueName, use, resources);
  }
  for (const [name, access] of Object.entries(binding.buckets)) {
    grantBucket(role, name as BucketName, access, resources);
  }
  if (binding.sealsKeys) allowSealing(resources.key, role);
  if (binding.tokenSecret) {
    allow(role, ["secretsmanager:GetSecretValue"], [resources.tokenSecret.secretArn]);
  }
  if (binding.operatorSecret) {
    allow(role, ["secretsmanager:GetSecretValue"], [resources.operatorSecret.secretArn]);
  }
  if (binding.scalesFleet) {
    const resourceName = `${runnerCluster(stage)}/${runnerService(stage)}`;
    const service = Stack.of(role).formatArn({ service: "ecs", resource: "service", resourceName });
    allow(role, ["ecs:DescribeServices", "ecs:UpdateService"], [service]);
  }
  if (binding.pushes) {
    const { connectionsArn } = resources.socket;
    allow(role, ["execute-api:ManageConnections"], [connectionsArn]);
    acknowledgeWildcard(
      role,
      connectionsArn,
      "Connections come and go, each with an id of its own.",
    );
  }
}

function grantTable(role: Role, name: TableName, access: Access, { tables }: Resources): void {
  const { tableArn } = tables[name];
  const indexes = tableTable[name].indexes.map((index) => `${tableArn}/index/${index.name}`);
  if (access === "append") return allow(role, ["dynamodb:PutItem"], [tableArn]);
  if (access !== "write") allow(role, readItems, [tableArn, ...indexes]);
  if (access !== "read") allow(role, writeItems, [tableArn]);
}

function grantQueues(role: Role, name: QueueName, use: QueueUse, { queues }: Resources): void {
  const { shards, deadLetter } = queues[name];
  const arns = [...shards, ...(use === "inspect" ? [deadLetter] : [])].map((q) => q.queueArn);
  for (let first = 0; first < arns.length; first += queuesAStatement) {
    // Named, or they would be merged into one again.
    const sid = `${name}${first}`;
    const resources = arns.slice(first, first + queuesAStatement);
    role.addToPrincipalPolicy(new PolicyStatement({ sid, actions: queueActions[use], resources }));
  }
}

function grantBucket(role: Role, name: BucketName, access: Access, { buckets }: Resources): void {
  const bucket = buckets[name];
  const objects = bucket.arnForObjects("*");
  if (access !== "write") {
    allow(role, readObjects, [objects]);
    // Without it S3 answers 403 for an object that is not there, and absent looks like unreadable.
    allow(role, ["s3:ListBucket"], [bucket.bucketArn]);
  }
  if (access !== "read") allow(role, writeObjects, [objects]);
  acknowledgeWildcard(
    role,
    objects,
    "Objects of one bucket, named after sessions that come and go.",
  );
}

function allow(role: Role, actions: string[], resources: string[]): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
}
