import type { Meter } from "#local/stand-in/meter.ts";
import { addCosts, toConsumedCapacity, totalUnits } from "./consumed-capacity.ts";
import type { IndexRecord, TableRecord } from "./dynalite.ts";
import type { Answer, Engine } from "./engine.ts";
import type { ItemLocks } from "./item-locks.ts";
import { itemSize, type WireItem } from "./item-size.ts";
import { type IndexShape, tableWriteUnits, type WriteCost, writeCost } from "./write-cost.ts";

type Input = Record<string, unknown>;

type ItemWrite = { tableName: string; key: WireItem; after: WireItem | "removed" | "computed" };

type Target = {
  table: TableRecord;
  key: string;
  after: ItemWrite["after"];
  before?: WireItem | undefined;
};

type Deps = { engine: Engine; locks: ItemLocks; meter: Meter };

/** Runs a write under its items' locks and counts it from the items before and after. */
export async function meteredWrite(deps: Deps, operation: string, input: Input): Promise<Answer> {
  const targets = await findTargets(deps.engine, toItemWrites(operation, input));
  // A request that names no table or a key that does not fit is refused by the engine, unbilled.
  if (!targets) return deps.engine.run(operation, input);
  if (targets.some(isTooLarge)) return tooLarge;
  const names = targets.map((target) => `${target.table.TableName}/${target.key}`);
  const returnsOld = input["ReturnValuesOnConditionCheckFailure"] === "ALL_OLD";
  return deps.locks(names, async () => {
    for (const target of targets) {
      target.before = await deps.engine.findItem(target.table, target.key);
    }
    const answer = await deps.engine.run(operation, input);
    if (answer.status === 200) return bill(deps, targets, input, answer);
    if (!isConditionFailure(answer)) return answer;
    for (const target of targets) {
      const attempted = typeof target.after === "object" ? target.after : undefined;
      count(deps.meter, target, { table: tableWriteUnits(target.before, attempted), indexes: {} });
    }
    const old = targets[0]?.before;
    return returnsOld && old ? { ...answer, body: { ...answer.body, Item: old } } : answer;
  });
}

const mostBytes = 400 * 1024;

/** The engine counts characters where DynamoDB counts bytes. */
function isTooLarge({ after }: Target): boolean {
  return typeof after === "object" && itemSize(after) > mostBytes;
}

const tooLarge: Answer = {
  status: 400,
  body: {
    __type: "com.amazon.coral.validate#ValidationException",
    message: "Item size has exceeded the maximum allowed size",
  },
};

async function bill(deps: Deps, targets: Target[], input: Input, answer: Answer): Promise<Answer> {
  const costs = new Map<string, WriteCost[]>();
  for (const target of targets) {
    const { table } = target;
    const after =
      target.after === "computed" ? await deps.engine.findItem(table, target.key) : target.after;
    const cost = writeCost(
      indexesOf(table),
      table.KeySchema.map((key) => key.AttributeName),
      target.before,
      after === "removed" ? undefined : after,
    );
    count(deps.meter, target, cost);
    costs.set(table.TableName, [...(costs.get(table.TableName) ?? []), cost]);
  }
  if (!("ConsumedCapacity" in answer.body) || !answer.body["ConsumedCapacity"]) return answer;
  const consumed = [...costs].map(([table, parts]) =>
    toConsumedCapacity(table, addCosts(parts), input["ReturnConsumedCapacity"]),
  );
  const isBatch = Array.isArray(answer.body["ConsumedCapacity"]);
  return {
    ...answer,
    body: { ...answer.body, ConsumedCapacity: isBatch ? consumed : consumed[0] },
  };
}

function count(meter: Meter, target: Target, cost: WriteCost): void {
  meter.add("dynamodb.write-units", totalUnits(cost));
  meter.add(`dynamodb.${target.table.TableName}.write-units`, totalUnits(cost));
}

async function findTargets(engine: Engine, writes: ItemWrite[]): Promise<Target[] | undefined> {
  const targets: Target[] = [];
  for (const write of writes) {
    const table = await engine.findTable(write.tableName);
    const key = table && engine.findKey(table, write.key);
    if (!table || key === undefined) return undefined;
    targets.push({ table, key, after: write.after });
  }
  return targets.length > 0 ? targets : undefined;
}

function toItemWrites(operation: string, input: Input): ItemWrite[] {
  if (operation === "BatchWriteItem") return toBatchWrites(input["RequestItems"]);
  const tableName = typeof input["TableName"] === "string" ? input["TableName"] : "";
  const key = toItem(operation === "PutItem" ? input["Item"] : input["Key"]);
  if (operation === "PutItem") return [{ tableName, key, after: key }];
  return [{ tableName, key, after: operation === "DeleteItem" ? "removed" : "computed" }];
}

function toBatchWrites(requestItems: unknown): ItemWrite[] {
  if (!requestItems || typeof requestItems !== "object") return [];
  return Object.entries(requestItems).flatMap(([tableName, requests]) =>
    (Array.isArray(requests) ? requests : []).map((request: BatchRequest): ItemWrite => {
      const put = request.PutRequest && toItem(request.PutRequest.Item);
      if (put) return { tableName, key: put, after: put };
      return { tableName, key: toItem(request.DeleteRequest?.Key), after: "removed" };
    }),
  );
}

type BatchRequest = { PutRequest?: { Item?: unknown }; DeleteRequest?: { Key?: unknown } };

function toItem(value: unknown): WireItem {
  return value && typeof value === "object" ? (value as WireItem) : {};
}

function indexesOf(table: TableRecord): IndexShape[] {
  return [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].map(
    toIndexShape,
  );
}

function toIndexShape(index: IndexRecord): IndexShape {
  const shape = { name: index.IndexName, keys: index.KeySchema.map((key) => key.AttributeName) };
  if (index.Projection.ProjectionType === "ALL") return shape;
  return { ...shape, include: index.Projection.NonKeyAttributes ?? [] };
}

function isConditionFailure(answer: Answer): boolean {
  return String(answer.body["__type"]).endsWith("#ConditionalCheckFailedException");
}
