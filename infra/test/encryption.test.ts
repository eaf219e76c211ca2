import { expect, test } from "vitest";
import { synthFleet } from "./synth-fleet.ts";

const fleet = synthFleet({ shards: 2 });
const all = <Properties>(type: string) =>
  Object.values(fleet.find<Properties>(type)).map(({ Properties }) => Properties);

test("every table, bucket and queue is encrypted where it lies", () => {
  const tables = all<{ SSESpecification: unknown }>("AWS::DynamoDB::GlobalTable");
  for (const { SSESpecification } of tables) {
    expect(SSESpecification).toMatchObject({ SSEEnabled: true });
  }
  const buckets = all<{ BucketEncryption: unknown }>("AWS::S3::Bucket");
  for (const { BucketEncryption } of buckets) expect(BucketEncryption).toBeDefined();
  const queues = all<{ SqsManagedSseEnabled: unknown }>("AWS::SQS::Queue");
  for (const { SqsManagedSseEnabled } of queues) expect(SqsManagedSseEnabled).toBe(true);
  expect([tables, buckets, queues].map(({ length }) => length > 0)).toEqual([true, true, true]);
});

test("every queue and bucket turns away who comes without TLS", () => {
  type Policy = { Queues?: { Ref: string }[]; Bucket?: { Ref: string }; PolicyDocument: object };
  const policies = [
    ...all<Policy>("AWS::SQS::QueuePolicy"),
    ...all<Policy>("AWS::S3::BucketPolicy"),
  ];
  const covered = policies
    .filter(({ PolicyDocument }) => JSON.stringify(PolicyDocument).includes("SecureTransport"))
    .flatMap(({ Queues = [], Bucket }) => [...Queues, ...(Bucket ? [Bucket] : [])])
    .map(({ Ref }) => Ref);
  const owed = [
    ...Object.keys(fleet.find("AWS::SQS::Queue")),
    ...Object.keys(fleet.find("AWS::S3::Bucket")),
  ];
  expect(covered.toSorted()).toEqual(owed.toSorted());
});
