// The door to one DynamoDB table. Reads are consistent, and an item whose expiry has passed is
// absent although TTL has not removed it yet.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DeleteCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import { PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type {
  DynamoDBDocumentClient,
  QueryCommandInput,
  UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";

export type Table = {
  client: DynamoDBDocumentClient;
  name: string;
  /** Milliseconds since 1970. */
  now: () => number;
};

/** DynamoDB's own limit. */
const batchSize = 100;

export type ItemKey = { pk: string; sk: string };

export type Change = Pick<
  UpdateCommandInput,
  | "UpdateExpression"
  | "ConditionExpression"
  | "ExpressionAttributeNames"
  | "ExpressionAttributeValues"
>;

export type Condition = Omit<Change, "UpdateExpression">;

export async function find<Item extends ItemKey>(
  table: Table,
  key: ItemKey,
): Promise<Item | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return Item && isLive(table, Item) ? (Item as Item) : undefined;
}

/** Those of the items that are there, in no order, as they were a moment ago at the latest. */
export async function findMany<Item extends ItemKey>(
  table: Table,
  keys: ItemKey[],
): Promise<Item[]> {
  const found: Item[] = [];
  let left = keys;
  while (left.length > 0) {
    const asked = left.slice(0, batchSize);
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: asked } } }),
    );
    const read = Responses?.[table.name] ?? [];
    found.push(...(read.filter((item) => isLive(table, item)) as Item[]));
    const unread = UnprocessedKeys?.[table.name]?.Keys ?? [];
    left = [...(unread as ItemKey[]), ...left.slice(batchSize)];
  }
  return found;
}

/** False when an item, live or expired, is there already. */
export function create(table: Table, item: ItemKey): Promise<boolean> {
  return put(table, item, { ConditionExpression: "attribute_not_exists(pk)" });
}

/** False when the condition did not hold. */
export function put(table: Table, item: ItemKey, condition: Condition = {}): Promise<boolean> {
  return holds(
    table.client.send(new PutCommand({ TableName: table.name, Item: item, ...condition })),
  );
}

/** False when the condition did not hold. */
export function update(table: Table, key: ItemKey, change: Change): Promise<boolean> {
  return holds(
    table.client.send(new UpdateCommand({ TableName: table.name, Key: key, ...change })),
  );
}

/** The item before the change, or after it; undefined when the condition did not hold. */
export async function updateAndRead<Item>(
  table: Table,
  key: ItemKey,
  update: Change,
  ReturnValues: "ALL_OLD" | "ALL_NEW",
): Promise<Partial<Item> | undefined> {
  const command = new UpdateCommand({ TableName: table.name, Key: key, ...update, ReturnValues });
  try {
    const { Attributes = {} } = await table.client.send(command);
    return Attributes as Partial<Item>;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** The item after the change; when the condition did not hold, `refused`, or `absent` where there is no item. */
export async function updateIfThere<Item>(
  table: Table,
  key: ItemKey,
  update: Change,
): Promise<Partial<Item> | "refused" | "absent"> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: key,
    ...update,
    ReturnValues: "ALL_NEW",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  try {
    const { Attributes = {} } = await table.client.send(command);
    return Attributes as Partial<Item>;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item === undefined ? "absent" : "refused";
  }
}

/** The item as the change has left it. */
export async function change<Item extends ItemKey>(
  table: Table,
  key: ItemKey,
  update: Change,
): Promise<Item> {
  const { Attributes } = await table.client.send(
    new UpdateCommand({ TableName: table.name, Key: key, ...update, ReturnValues: "ALL_NEW" }),
  );
  return Attributes as Item;
}

export async function remove(table: Table, key: ItemKey): Promise<void> {
  await table.client.send(new DeleteCommand({ TableName: table.name, Key: key }));
}

/** False when the condition did not hold. */
export function removeIf(table: Table, key: ItemKey, condition: Condition): Promise<boolean> {
  return holds(
    table.client.send(new DeleteCommand({ TableName: table.name, Key: key, ...condition })),
  );
}

/** Removes the item and gives it: of many concurrent callers, to one. */
export async function take<Item extends ItemKey>(
  table: Table,
  key: ItemKey,
): Promise<Item | undefined> {
  const { Attributes } = await table.client.send(
    new DeleteCommand({ TableName: table.name, Key: key, ReturnValues: "ALL_OLD" }),
  );
  return Attributes && isLive(table, Attributes) ? (Attributes as Item) : undefined;
}

/** Follows DynamoDB's pages for as long as the caller keeps asking. */
export async function* query<Item extends ItemKey>(
  table: Table,
  input: Omit<QueryCommandInput, "TableName">,
): AsyncGenerator<Item> {
  for await (const page of pages<Item>(table, input))
    yield* page.filter((item) => isLive(table, item));
}

/** The pages as DynamoDB gives them, with what has expired. */
export async function* pages<Item extends ItemKey>(
  table: Table,
  input: Omit<QueryCommandInput, "TableName">,
): AsyncGenerator<Item[]> {
  let start = input.ExclusiveStartKey;
  do {
    const page = await table.client.send(
      new QueryCommand({
        ConsistentRead: true,
        ...input,
        TableName: table.name,
        ExclusiveStartKey: start,
      }),
    );
    yield (page.Items ?? []) as Item[];
    start = page.LastEvaluatedKey;
  } while (start);
}

function isLive(table: Table, item: object): boolean {
  const { expiresAt } = item as { expiresAt?: unknown };
  return typeof expiresAt !== "number" || expiresAt * 1000 > table.now();
}

async function holds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** How many items of a partition have sort keys that begin so. */
export async function count(table: Table, pk: string, prefix: string): Promise<number> {
  let total = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
        Select: "COUNT",
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    total += page.Count ?? 0;
    from = page.LastEvaluatedKey;
  } while (from);
  return total;
}
