import { describe, expect, test } from "vitest";
import { queues } from "#shared/resources/queues.ts";
import type { QueueResource } from "#shared/resources/queues.ts";
import { everyOption } from "./every-option.ts";
import { allResources, synthFleet, synthHosted } from "./synth-fleet.ts";
import type { Fleet } from "./synth-fleet.ts";

type Arn = { "Fn::GetAtt": [string, "Arn"] };
type Queue = {
  QueueName: string;
  FifoQueue: boolean;
  ContentBasedDeduplication: boolean;
  DeduplicationScope: string;
  FifoThroughputLimit: string;
  VisibilityTimeout: number;
  RedrivePolicy?: {
    deadLetterTargetArn: Arn;
    maxReceiveCount: number;
  };
};

const shards = 3;
const fleet = synthFleet({ shards });
const made = fleet.find<Queue>("AWS::SQS::Queue");
const all = Object.values(made).map((queue) => queue.Properties);
const working = all.filter((queue) => !queue.QueueName.endsWith("-dead.fifo"));

test("a queue one a shard has as many queues as there are shards", () => {
  const expected = Object.entries<QueueResource>(queues).flatMap(([name, { perShard }]) =>
    perShard
      ? Array.from({ length: shards }, (_, shard) => `wafleet-${name}-${shard}.fifo`)
      : [`wafleet-${name}.fifo`],
  );
  expect(working.map((queue) => queue.QueueName).toSorted()).toEqual(expected.toSorted());
});

describe("with the largest number of shards", () => {
  const largest = synthHosted({ ...everyOption, shards: 128, stage: "a-name-of-20-letters" });

  test("the fleet still fits into one stack", () => {
    expect(allResources(largest).length).toBeLessThan(500);
  });

  test("no policy is longer than AWS takes, and no role has more of them than it may", () => {
    type Policy = { PolicyDocument: object; Roles: { Ref: string }[] };
    const policies = Object.values(largest.find<Policy>("AWS::IAM::ManagedPolicy"));
    expect(policies.length).toBeGreaterThan(0);
    for (const { Properties } of policies) {
      expect(asDeployed(largest, Properties.PolicyDocument).length).toBeLessThan(6_144);
    }
    const byRole = Object.groupBy(policies, ({ Properties }) => Properties.Roles[0]?.Ref ?? "");
    for (const some of Object.values(byRole)) expect(some?.length).toBeLessThanOrEqual(10);
  });
});

/** With the ARNs of a region with a long name. */
function asDeployed(fleet: Fleet, document: object): string {
  const names = fleet.find<{ QueueName: string }>("AWS::SQS::Queue");
  return JSON.stringify(document, (_, value: unknown) => {
    const id = (value as Partial<Arn> | null)?.["Fn::GetAtt"]?.[0] ?? "";
    const queue = names[id]?.Properties.QueueName;
    return queue === undefined ? value : `arn:aws:sqs:ap-southeast-1:111111111111:${queue}`;
  });
}

test("what cannot be handled ends in the queue's own dead-letter queue", () => {
  for (const queue of working) {
    const [name = "", resource] = declarationOf(queue.QueueName);
    const target = queue.RedrivePolicy?.deadLetterTargetArn["Fn::GetAtt"][0] ?? "";
    expect(made[target]?.Properties.QueueName).toBe(`wafleet-${name}-dead.fifo`);
    expect(queue.RedrivePolicy?.maxReceiveCount).toBe(resource?.maxReceiveCount);
    expect(queue.VisibilityTimeout).toBe(resource?.visibilityTimeoutSeconds);
  }
});

test("every queue keeps order within a session and never drops a body for looking the same", () => {
  for (const queue of all) {
    expect(queue).toMatchObject({
      FifoQueue: true,
      ContentBasedDeduplication: false,
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
    });
  }
});

const feeds = Object.entries<QueueResource>(queues).flatMap(([name, queue]) =>
  queue.feeds ? [{ name, ...queue.feeds, longest: queue.visibilityTimeoutSeconds / 6 }] : [],
);

test("no queue feeds a Lambda but those that the table says", () => {
  fleet.template.resourceCountIs("AWS::Lambda::EventSourceMapping", feeds.length);
});

test.each(feeds)("queue $name feeds $lambda, which gives back only what failed", (feed) => {
  fleet.template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
    EventSourceArn: { "Fn::GetAtt": [idOf(`wafleet-${feed.name}.fifo`), "Arn"] },
    BatchSize: feed.batchSize,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
  });
});

test.each(feeds)("$lambda ends well before queue $name delivers its batch again", (feed) => {
  const lambdas = fleet.find<{ FunctionName: string; Timeout: number }>("AWS::Lambda::Function");
  const fed = Object.values(lambdas).find(
    ({ Properties }) => Properties.FunctionName === `wafleet-${feed.lambda}`,
  );
  expect(fed?.Properties.Timeout).toBeLessThanOrEqual(feed.longest);
});

function declarationOf(queueName: string): [string, QueueResource] | [] {
  const declared = Object.entries<QueueResource>(queues);
  return declared.find(([name]) => queueName.startsWith(`wafleet-${name}`)) ?? [];
}

function idOf(queueName: string): string | undefined {
  return Object.keys(made).find((id) => made[id]?.Properties.QueueName === queueName);
}
