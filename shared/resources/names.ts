import type { BucketName } from "./buckets.ts";
import type { QueueName } from "./queues.ts";
import { queues } from "./queues.ts";
import type { TableName } from "./tables.ts";

/** Physical names, the same in AWS and in the local runtime. `stage` tells deployments apart. */
export function tableName(stage: string, table: TableName): string {
  return `${stage}-${table}`;
}

/** For a queue per shard, `shard` is its number. */
export function queueName(stage: string, queue: QueueName, shard?: number): string {
  const suffix = queues[queue].perShard ? `-${shard ?? "{shard}"}` : "";
  return `${stage}-${queue}${suffix}.fifo`;
}

export function deadLetterQueueName(stage: string, queue: QueueName): string {
  return `${stage}-${queue}-dead.fifo`;
}

/** The ECS cluster of a deployment. */
export function runnerCluster(stage: string): string {
  return stage;
}

/** The ECS service that runs the workers. */
export function runnerService(stage: string): string {
  return `${stage}-runner`;
}

/** Bucket names are global in AWS: `owner` is the account id and region there. */
export function bucketName(stage: string, bucket: BucketName, owner: string): string {
  return `${stage}-${bucket}-${owner}`;
}
