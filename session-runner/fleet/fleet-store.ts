// The fleet table: workers' heartbeats, shards' owners, sessions that want to be connected.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient, UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import {
  shardKey,
  shardsPartition,
  wantedKey,
  wantedPrefix,
  workerKey,
  workersPartition,
} from "#shared/items/fleet-item.ts";
import type { ShardItem, WantedItem, WorkerItem } from "#shared/items/fleet-item.ts";

export type FleetStore = {
  beat(
    worker: Pick<WorkerItem, "workerId" | "beat" | "draining" | "oldestCommandAt">,
  ): Promise<void>;
  leave(workerId: string): Promise<void>;
  /** Removes the row of a worker that has not moved since; one that did stays. */
  bury(worker: WorkerItem): Promise<void>;
  listWorkers(): Promise<WorkerItem[]>;
  listShards(): Promise<ShardItem[]>;
  /**
   * Takes a shard whose generation is still the one seen; false when somebody was quicker.
   * @param giver who still has its sessions connected and will hand them over
   */
  claim(
    shard: number,
    seen: ShardItem | undefined,
    workerId: string,
    giver?: string,
  ): Promise<boolean>;
  /** Lets another worker claim a shard while its sessions go on here; false when it is not held any more. */
  offer(shard: number, workerId: string): Promise<boolean>;
  /** Asks a shard's giver for the sessions up to an id; false when the shard is not held any more. */
  ask(shard: number, workerId: string, upTo: string): Promise<boolean>;
  /** Says that the sessions up to an id are free; false when nobody waits for them. */
  give(shard: number, giver: string, upTo: string): Promise<boolean>;
  /** A giver has nothing of the shard any more. */
  endGiving(shard: number, giver: string): Promise<void>;
  /** Gives a shard up; nothing happens when it is not held any more. */
  release(shard: number, workerId: string): Promise<void>;
  listWanted(shard: number): Promise<WantedItem[]>;
  /** Whether the wish of this very connect is still there: one read unit. */
  isWanted(shard: number, sessionId: string, connectId: string): Promise<boolean>;
  /** Ends the wish of this very connect; a newer one stays. */
  unwant(shard: number, sessionId: string, connectId: string): Promise<void>;
};

/** A dead worker's item is only clutter: it leaves by TTL. */
const workerItemLifeSeconds = 3_600;

export function createFleetStore(
  dynamodb: DynamoDBDocumentClient,
  table: string,
  now: () => number,
): FleetStore {
  async function query<Item>(pk: string, prefix?: string): Promise<Item[]> {
    const items: Item[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: prefix ? "pk = :pk AND begins_with(sk, :sk)" : "pk = :pk",
          ExpressionAttributeValues: { ":pk": pk, ...(prefix ? { ":sk": prefix } : {}) },
          ConsistentRead: true,
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      items.push(...((page.Items ?? []) as Item[]));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  function updateShard(
    shard: number,
    update: Omit<UpdateCommandInput, "TableName" | "Key">,
  ): Promise<boolean> {
    const input = { TableName: table, Key: shardKey(shard), ...update };
    return ifUnchanged(() => dynamodb.send(new UpdateCommand(input)));
  }

  return {
    async beat(worker) {
      const expiresAt = Math.floor(now() / 1_000) + workerItemLifeSeconds;
      const item: WorkerItem = { ...workerKey(worker.workerId), ...worker, expiresAt };
      await dynamodb.send(new PutCommand({ TableName: table, Item: item }));
    },
    async leave(workerId) {
      await dynamodb.send(new DeleteCommand({ TableName: table, Key: workerKey(workerId) }));
    },
    async bury({ workerId, beat }) {
      await ifUnchanged(() =>
        dynamodb.send(
          new DeleteCommand({
            TableName: table,
            Key: workerKey(workerId),
            ConditionExpression: "beat = :beat",
            ExpressionAttributeValues: { ":beat": beat },
          }),
        ),
      );
    },
    listWorkers: () => query<WorkerItem>(workersPartition),
    listShards: () => query<ShardItem>(shardsPartition),
    async claim(shard, seen, workerId, giver) {
      const generation = (seen?.generation ?? 0) + 1;
      const handOver = giver === undefined ? {} : { giver, given: seen?.given ?? "" };
      const item: ShardItem = { ...shardKey(shard), shard, workerId, generation, ...handOver };
      return ifUnchanged(() =>
        dynamodb.send(
          new PutCommand({
            TableName: table,
            Item: item,
            ...(seen
              ? {
                  ConditionExpression: "generation = :seen",
                  ExpressionAttributeValues: { ":seen": seen.generation },
                }
              : { ConditionExpression: "attribute_not_exists(pk)" }),
          }),
        ),
      );
    },
    offer: (shard, workerId) =>
      updateShard(shard, {
        UpdateExpression:
          "SET workerId = :nobody, giver = :me, given = :none REMOVE asked ADD generation :one",
        ConditionExpression: "workerId = :me",
        ExpressionAttributeValues: { ":nobody": "", ":me": workerId, ":none": "", ":one": 1 },
      }),
    ask: (shard, workerId, upTo) =>
      updateShard(shard, {
        UpdateExpression: "SET asked = :upTo",
        ConditionExpression: "workerId = :me",
        ExpressionAttributeValues: { ":me": workerId, ":upTo": upTo },
      }),
    give: (shard, giver, upTo) =>
      updateShard(shard, {
        UpdateExpression: "SET given = :upTo",
        ConditionExpression: "giver = :me",
        ExpressionAttributeValues: { ":me": giver, ":upTo": upTo },
      }),
    async endGiving(shard, giver) {
      await updateShard(shard, {
        UpdateExpression: "REMOVE giver, asked, given",
        ConditionExpression: "giver = :giver",
        ExpressionAttributeValues: { ":giver": giver },
      });
    },
    async release(shard, workerId) {
      await updateShard(shard, {
        UpdateExpression: "SET workerId = :nobody ADD generation :one",
        ConditionExpression: "workerId = :me",
        ExpressionAttributeValues: { ":nobody": "", ":me": workerId, ":one": 1 },
      });
    },
    listWanted: (shard) => query<WantedItem>(wantedKey(shard, "").pk, wantedPrefix),
    async isWanted(shard, sessionId, connectId) {
      const { Item } = await dynamodb.send(
        new GetCommand({
          TableName: table,
          Key: wantedKey(shard, sessionId),
          ConsistentRead: true,
        }),
      );
      return (Item as WantedItem | undefined)?.connectId === connectId;
    },
    async unwant(shard, sessionId, connectId) {
      await ifUnchanged(() =>
        dynamodb.send(
          new DeleteCommand({
            TableName: table,
            Key: wantedKey(shard, sessionId),
            ConditionExpression: "connectId = :connect",
            ExpressionAttributeValues: { ":connect": connectId },
          }),
        ),
      );
    },
  };
}

async function ifUnchanged(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
