// Everything around a fleet of real runner processes: the stand-ins with their fault switches, a
// simulated WhatsApp, and the API's part, played by this process.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { startDynamodb } from "#local/dynamodb/start-dynamodb.ts";
import { startKms } from "#local/kms/start-kms.ts";
import { startS3 } from "#local/s3/start-s3.ts";
import { startSqs } from "#local/sqs/start-sqs.ts";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import type { ShardItem } from "#shared/items/fleet-item.ts";
import { shardsPartition } from "#shared/items/fleet-item.ts";
import { queues } from "#shared/resources/queues.ts";
import { tables } from "#shared/resources/tables.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { openEventLog } from "./event-log.ts";
import { startRunner } from "./runner.ts";
import type { Runner } from "./runner.ts";
import { stageEnvironment } from "./stage-environment.ts";
import { storeStatuses } from "./store-statuses.ts";

export type StageOptions = {
  shards?: number;
  /** Stanzas that the simulator keeps for the verdict. */
  historyLimit?: number;
  /** How long a dead worker's command stays hidden; as deployed when absent. */
  visibilitySeconds?: number;
  /** Whether what becomes of a message is stored, as the dispatcher does it; true when absent. */
  storesStatuses?: boolean;
  env?: Record<string, string>;
  /** Node's flags for every runner: how a mutant gets in. */
  nodeArgs?: string[];
};

export type StartOptions = { env?: Record<string, string>; nodeArgs?: string[] };

export type Stage = Awaited<ReturnType<typeof startStage>>;

type LogLine = Record<string, unknown>;

const keptLines = 20_000;

export async function startStage(options: StageOptions = {}) {
  const shards = options.shards ?? 4;
  const commands = queues.commands;
  const visibility = options.visibilitySeconds ?? commands.visibilityTimeoutSeconds;
  const deadLetters = "commands-dead.fifo";
  const [dynamodb, sqs, s3, kms, simulator] = await Promise.all([
    startDynamodb({ tables: Object.entries(tables).map(([name, table]) => ({ ...table, name })) }),
    startSqs({
      queues: [
        { name: deadLetters },
        { name: "events.fifo", attributes: { VisibilityTimeout: "5" } },
        ...Array.from({ length: shards }, (_, shard) => ({
          name: `commands-${shard}.fifo`,
          attributes: { VisibilityTimeout: String(visibility) },
          deadLetterQueue: { name: deadLetters, maxReceiveCount: commands.maxReceiveCount },
        })),
      ],
    }),
    startS3({ buckets: ["snapshots", "bundles", "media"], credentials: dummyCredentials }),
    startKms({ aliases: ["alias/wafleet"] }),
    startSimulator({ historyLimit: options.historyLimit ?? 60_000 }),
  ]);
  const at = (endpoint: string) => ({
    endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    maxAttempts: 8,
  });
  const queue = new SQSClient(at(sqs.endpoint));
  const database = DynamoDBDocumentClient.from(new DynamoDBClient(at(dynamodb.endpoint)));
  const runners = new Set<Runner>();
  const lines: LogLine[] = [];
  const project = options.storesStatuses === false ? async () => {} : storeStatuses(database);
  const events = openEventLog(queue, sqs.queueUrl("events.fifo"), project);
  const environment = {
    ...stageEnvironment({ dynamodb, sqs, s3, kms, simulator }, shards),
    ...options.env,
  };

  return {
    shards,
    simulator,
    dynamodb,
    sqs,
    s3,
    kms,
    queue,
    database,
    events,
    environment,
    /** What the runners logged. */
    logged: () => lines,
    deadLetters,
    runners: () => [...runners],
    start(workerId: string, { env = {}, nodeArgs = [] }: StartOptions = {}): Runner {
      const runner = startRunner({
        workerId,
        env: { ...environment, ...env },
        nodeArgs: [...(options.nodeArgs ?? []), ...nodeArgs],
        onLine: (line) => {
          lines.push(toLogLine(line));
          if (lines.length > keptLines) lines.splice(0, keptLines / 10);
        },
      });
      runners.add(runner);
      void runner.exited.then(() => runners.delete(runner));
      return runner;
    },
    async owners(): Promise<ShardItem[]> {
      const { Items = [] } = await database.send(
        new QueryCommand({
          TableName: "fleet",
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": shardsPartition },
          ConsistentRead: true,
        }),
      );
      return Items as ShardItem[];
    },
    async enqueue(shard: number, group: string, deduplicationId: string, body: string) {
      await queue.send(
        new SendMessageCommand({
          QueueUrl: sqs.queueUrl(`commands-${shard}.fifo`),
          MessageBody: body,
          MessageGroupId: group,
          MessageDeduplicationId: deduplicationId,
        }),
      );
    },
    async [Symbol.asyncDispose]() {
      const gone = [...runners].map(({ exited }) => exited);
      for (const runner of runners) runner.signal("SIGKILL");
      await Promise.all(gone);
      await events.stop();
      queue.destroy();
      database.destroy();
      await Promise.all([simulator, sqs, dynamodb, s3, kms].map((part) => part.stop()));
    },
  };
}

function toLogLine(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { msg: line };
  }
}
