import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { synthFleet } from "#infra/test/synth-fleet.ts";
import type { Runtime } from "#local/runtime/runtime.ts";
import { startRuntime } from "#local/runtime/start-runtime.ts";

type KeySchema = { AttributeName?: string; KeyType?: string }[];
type Table = {
  TableName: string;
  KeySchema: KeySchema;
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: KeySchema; Projection: object }[];
};
type Queue = Record<string, unknown> & {
  QueueName: string;
  RedrivePolicy?: { deadLetterTargetArn: { "Fn::GetAtt": [string, string] } };
};

const shards = 3;
const fleet = synthFleet({ shards, allowedOrigins: ["https://example.com"] });
const own = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};

let runtime: Runtime;
let dynamodb: DynamoDBClient;
let sqs: SQSClient;

beforeAll(async () => {
  const whatsapp = { kind: "url", url: "ws://127.0.0.1:9" } as const;
  runtime = await startRuntime({ whatsapp, workers: 0, shards });
  const { dynamodb: tables, sqs: queues } = runtime.standIns;
  dynamodb = new DynamoDBClient({ ...own, endpoint: tables.endpoint });
  sqs = new SQSClient({ ...own, endpoint: queues.endpoint });
});

afterAll(async () => {
  dynamodb.destroy();
  sqs.destroy();
  await runtime.stop();
});

test("the local runtime has the template's tables, with their keys and indexes", async () => {
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  const local = await Promise.all(
    TableNames.map(async (TableName) => {
      const { Table: table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
      return toTable(table as Table);
    }),
  );
  const deployed = Object.values(fleet.find<Table>("AWS::DynamoDB::GlobalTable"));
  expect(byName(local)).toEqual(byName(deployed.map(({ Properties }) => toTable(Properties))));
});

test("the local runtime has the template's queues, with their settings and dead letters", async () => {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const local = await Promise.all(
    QueueUrls.map(async (QueueUrl) => {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
      const { Attributes = {} } = await sqs.send(command);
      return toQueue(QueueUrl.split("/").at(-1) ?? "", Attributes);
    }),
  );
  const made = fleet.find<Queue>("AWS::SQS::Queue");
  const deployed = Object.values(made).map(({ Properties }) => {
    const target = Properties.RedrivePolicy?.deadLetterTargetArn["Fn::GetAtt"][0] ?? "";
    const redrive = Properties.RedrivePolicy && {
      ...Properties.RedrivePolicy,
      deadLetterTargetArn: made[target]?.Properties.QueueName,
    };
    return toQueue(Properties.QueueName, {
      ...queueDefaults,
      ...Properties,
      ...(redrive && { RedrivePolicy: JSON.stringify(redrive) }),
    });
  });
  expect(byName(local)).toEqual(byName(deployed));
});

test("the local runtime has the template's buckets, secrets and key by their names", () => {
  type Named = { BucketName?: { "Fn::Join": ["", unknown[]] }; Name?: string };
  const buckets = Object.values(fleet.find<Named>("AWS::S3::Bucket")).map(({ Properties }) =>
    String(Properties.BucketName?.["Fn::Join"][1][0]),
  );
  const { environment } = runtime;
  const local = Object.entries(environment).filter(([name]) => name.endsWith("_BUCKET"));
  expect(local.map(([, name]) => name.replace(/local$/, "")).toSorted()).toEqual(
    buckets.toSorted(),
  );
  const secrets = Object.values(fleet.find<Named>("AWS::SecretsManager::Secret"));
  for (const { Properties } of secrets) {
    const variable = Object.entries(environment).find(([, value]) =>
      value.includes(`:secret:${Properties.Name}`),
    );
    expect(variable?.[0], Properties.Name).toMatch(/_SECRET_ID$/);
  }
});

test("a page may do with the local runtime's links what it may do with the template's", async () => {
  type Rule = { AllowedMethods: string[]; AllowedHeaders: string[] };
  type Bucket = {
    BucketName: { "Fn::Join": ["", [string]] };
    CorsConfiguration?: { CorsRules: [Rule] };
  };
  const preflight = async (bucket: string, method: string, header: string) => {
    const headers = {
      origin: "https://example.com",
      "access-control-request-method": method,
      "access-control-request-headers": header,
    };
    const url = `${runtime.standIns.s3.endpoint}/${bucket}local/x`;
    return (await fetch(url, { method: "OPTIONS", headers })).status;
  };
  for (const { Properties } of Object.values(fleet.find<Bucket>("AWS::S3::Bucket"))) {
    const bucket = Properties.BucketName["Fn::Join"][1][0];
    const rule = Properties.CorsConfiguration?.CorsRules[0];
    for (const method of ["GET", "HEAD", "PUT", "POST", "DELETE"]) {
      for (const header of ["content-type", "x-amz-acl"]) {
        const may = rule?.AllowedMethods.includes(method) && rule.AllowedHeaders.includes(header);
        const status = await preflight(bucket, method, header);
        expect([bucket, method, header, status]).toEqual([bucket, method, header, may ? 200 : 403]);
      }
    }
  }
});

function toTable(table: Table) {
  const { TableName: name, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes = [] } = table;
  return {
    name,
    keys: KeySchema,
    attributes: AttributeDefinitions.toSorted((a, b) =>
      a.AttributeName.localeCompare(b.AttributeName),
    ),
    indexes: byName(
      GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys, Projection }) => ({
        name: IndexName,
        keys,
        projection: Projection,
      })),
    ),
  };
}

/** What SQS takes where a template says nothing. */
const queueDefaults = { VisibilityTimeout: 30, ReceiveMessageWaitTimeSeconds: 0 };

const compared = [
  "FifoQueue",
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "FifoThroughputLimit",
  "MessageRetentionPeriod",
  "VisibilityTimeout",
  "ReceiveMessageWaitTimeSeconds",
];

function toQueue(name: string, attributes: Record<string, unknown>) {
  const { RedrivePolicy } = attributes;
  const redrive =
    typeof RedrivePolicy === "string"
      ? (JSON.parse(RedrivePolicy) as { deadLetterTargetArn: string; maxReceiveCount: unknown })
      : undefined;
  return {
    name,
    settings: Object.fromEntries(compared.map((key) => [key, String(attributes[key])])),
    redrive: redrive && {
      to: redrive.deadLetterTargetArn.split(":").at(-1),
      after: String(redrive.maxReceiveCount),
    },
  };
}

function byName<Named extends { name: string }>(all: Named[]): Named[] {
  return all.toSorted((a, b) => a.name.localeCompare(b.name));
}
