import { Aws, Duration } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  QueuePolicy,
} from "aws-cdk-lib/aws-sqs";
import type { QueueProps } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { deadLetterQueueName, queueName } from "#shared/resources/names.ts";
import { queues } from "#shared/resources/queues.ts";
import type { QueueName, QueueResource } from "#shared/resources/queues.ts";

/** One queue of the resource table: as many as there are shards when it is one a shard. */
export type ShardedQueue = {
  shards: Queue[];
  deadLetter: Queue;
  /** With `{shard}` in it when there is one queue a shard. */
  url: string;
};

export type Queues = Record<QueueName, ShardedQueue>;

const fifo: QueueProps = {
  fifo: true,
  // Senders always name what they send: the same body twice is two messages.
  contentBasedDeduplication: false,
  // High-throughput mode: limits count for each session, not for the queue.
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  encryption: QueueEncryption.SQS_MANAGED,
  retentionPeriod: Duration.days(14),
};

/** Every queue of the resource table, each with its dead-letter queue. */
export function createQueues(scope: Construct, stage: string, shards: number): Queues {
  const made = Object.entries<QueueResource>(queues).map(([name, resource]) => [
    name,
    createQueue(scope, stage, name as QueueName, resource, shards),
  ]);
  return Object.fromEntries(made) as Queues;
}

function createQueue(
  scope: Construct,
  stage: string,
  name: QueueName,
  resource: QueueResource,
  shards: number,
): ShardedQueue {
  const deadLetter = new Queue(scope, `${name}-dead-queue`, {
    ...fifo,
    queueName: deadLetterQueueName(stage, name),
  });
  const numbers = resource.perShard
    ? Array.from({ length: shards }, (_, shard) => shard)
    : [undefined];
  const working = numbers.map(
    (shard) =>
      new Queue(scope, `${name}-queue${shard === undefined ? "" : `-${shard}`}`, {
        ...fifo,
        queueName: queueName(stage, name, shard),
        visibilityTimeout: Duration.seconds(resource.visibilityTimeoutSeconds),
        receiveMessageWaitTime: Duration.seconds(20),
        deadLetterQueue: { queue: deadLetter, maxReceiveCount: resource.maxReceiveCount },
      }),
  );
  requireTls(scope, name, [deadLetter, ...working]);
  return {
    deadLetter,
    shards: working,
    url: `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/${queueName(stage, name)}`,
  };
}

/** One policy for many queues: one each would fill half of what a stack may hold. */
function requireTls(scope: Construct, name: QueueName, queues: Queue[]): void {
  const policy = new QueuePolicy(scope, `${name}-tls`, { queues });
  policy.document.addStatements(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ["sqs:*"],
      // Of a queue's policy, this is the queue itself.
      resources: ["*"],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    }),
  );
}
