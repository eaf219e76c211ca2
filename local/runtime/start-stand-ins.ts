import { startDynamodb } from "#local/dynamodb/start-dynamodb.ts";
import { startEcs } from "#local/ecs/start-ecs.ts";
import { startKms } from "#local/kms/start-kms.ts";
import { startS3 } from "#local/s3/start-s3.ts";
import { startSecretsManager } from "#local/secrets-manager/start-secrets-manager.ts";
import { startEventBridge } from "#local/event-bridge/start-event-bridge.ts";
import { startSts } from "#local/sts/start-sts.ts";
import { startSqs } from "#local/sqs/start-sqs.ts";
import type { QueueSpec } from "#local/sqs/start-sqs.ts";
import { type CorsOptions, toCors } from "#local/stand-in/cors.ts";
import type { Meter } from "#local/stand-in/meter.ts";
import { buckets } from "#shared/resources/buckets.ts";
import type { BucketName, BucketResource } from "#shared/resources/buckets.ts";
import {
  bucketName,
  deadLetterQueueName,
  queueName,
  runnerCluster,
  runnerService,
  tableName,
} from "#shared/resources/names.ts";
import { queues } from "#shared/resources/queues.ts";
import type { QueueName, QueueResource } from "#shared/resources/queues.ts";
import { tables } from "#shared/resources/tables.ts";
import type { TableName } from "#shared/resources/tables.ts";
import { bucketOwner, keyAlias, operatorSecretName, stage, tokenSecretName } from "./names.ts";
import type { RuntimeOptions, StandIns } from "./runtime.ts";

type Stores = Omit<StandIns, "httpApi" | "socketApi">;

/** Starts what the processes store in, with every table, queue, bucket, key and secret in place. */
export async function startStandIns(
  started: AsyncDisposableStack,
  options: Pick<RuntimeOptions, "dataDir" | "ports"> & {
    shards: number;
    meter: Meter;
    /** Runner processes that ECS is asked for at the start. */
    desiredWorkers: number;
    onDesiredWorkers: (count: number) => void;
  },
): Promise<Stores> {
  const { dataDir, meter, shards } = options;
  const at = (name: keyof Stores) => ({
    meter,
    port: options.ports?.[name] ?? 0,
    ...(dataDir !== undefined && { dataDir }),
  });
  return {
    dynamodb: started.use(await startDynamodb({ ...at("dynamodb"), tables: tableSpecs() })),
    sqs: started.use(await startSqs({ ...at("sqs"), queues: queueSpecs(shards) })),
    s3: started.use(await startS3({ ...at("s3"), buckets: bucketNames(), cors: bucketCors() })),
    ecs: started.use(
      await startEcs({
        ...at("ecs"),
        cluster: runnerCluster(stage),
        service: runnerService(stage),
        desiredCount: options.desiredWorkers,
        onDesired: options.onDesiredWorkers,
      }),
    ),
    kms: started.use(await startKms({ ...at("kms"), aliases: [keyAlias] })),
    sts: started.use(await startSts(at("sts"))),
    events: started.use(await startEventBridge(at("events"))),
    secrets: started.use(
      await startSecretsManager({
        ...at("secrets"),
        secrets: [tokenSecretName, operatorSecretName],
      }),
    ),
  };
}

function tableSpecs() {
  return Object.entries(tables).map(([name, table]) => ({
    name: tableName(stage, name as TableName),
    partitionKey: table.partitionKey,
    sortKey: table.sortKey,
    ttlAttribute: table.ttlAttribute,
    indexes: [...table.indexes],
  }));
}

function bucketNames(): string[] {
  return Object.keys(buckets).map(localBucket);
}

/** Pages of any origin may use links, as they may call the API: both are of use to who holds a token only. */
function bucketCors(): Record<string, CorsOptions> {
  const open = Object.entries<BucketResource>(buckets).flatMap(([name, { pageAccess }]) =>
    pageAccess ? [[localBucket(name), toCors(pageAccess, ["*"])] as const] : [],
  );
  return Object.fromEntries(open);
}

function localBucket(name: string): string {
  return bucketName(stage, name as BucketName, bucketOwner);
}

/** Dead-letter queues stand before the queues that name them. */
function queueSpecs(shards: number): QueueSpec[] {
  return Object.entries<QueueResource>(queues).flatMap(([key, resource]) => {
    const name = key as QueueName;
    const deadLetter = deadLetterQueueName(stage, name);
    const numbers = resource.perShard ? Array.from({ length: shards }, (_, n) => n) : [undefined];
    return [
      { name: deadLetter, attributes: fifoAttributes },
      ...numbers.map((shard) => ({
        name: queueName(stage, name, shard),
        attributes: {
          ...fifoAttributes,
          VisibilityTimeout: String(resource.visibilityTimeoutSeconds),
          ReceiveMessageWaitTimeSeconds: "20",
        },
        deadLetterQueue: { name: deadLetter, maxReceiveCount: resource.maxReceiveCount },
      })),
    ];
  });
}

/** As deployed: deduplication counts within a message group. */
const fifoAttributes = {
  DeduplicationScope: "messageGroup",
  FifoThroughputLimit: "perMessageGroupId",
  MessageRetentionPeriod: String(14 * 24 * 60 * 60),
};
