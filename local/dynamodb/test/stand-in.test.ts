import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { type LocalDynamodb, startDynamodb } from "../start-dynamodb.ts";
import type { TableSpec } from "../table-spec.ts";

const tables: TableSpec[] = [
  {
    name: "sessions",
    partitionKey: { name: "id", type: "S" },
    ttlAttribute: "expires",
    indexes: [
      {
        name: "by-state",
        partitionKey: { name: "state", type: "S" },
        projection: { include: ["label"] },
      },
    ],
  },
];

const TableName = "sessions";
let local: LocalDynamodb;
let client: DynamoDBClient;

beforeEach(async () => {
  local = await startDynamodb({ tables });
  client = new DynamoDBClient({
    endpoint: local.endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await local.stop();
  });
});

const put = (item: Record<string, string>) =>
  client.send(
    new PutItemCommand({
      TableName,
      Item: Object.fromEntries(Object.entries(item).map(([name, text]) => [name, { S: text }])),
    }),
  );
const get = async (id: string) =>
  (await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))).Item;
const findByState = (state: string) =>
  client.send(
    new QueryCommand({
      TableName,
      IndexName: "by-state",
      KeyConditionExpression: "#state = :state",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":state": { S: state } },
    }),
  );

async function unitsOf(work: () => Promise<unknown>, kind: "write" | "read" = "write") {
  local.meter.reset();
  await work();
  const counters = local.meter.read();
  expect(counters[`dynamodb.sessions.${kind}-units`]).toBe(counters[`dynamodb.${kind}-units`]);
  return counters[`dynamodb.${kind}-units`];
}

describe("the meter of the local DynamoDB", () => {
  test("is empty after the tables of the start were created", () => {
    expect(local.meter.read()).toEqual({});
  });

  test("counts the entry that a put adds to an index", async () => {
    expect(await unitsOf(() => put({ id: "1" }))).toBe(1);
    expect(await unitsOf(() => put({ id: "1", state: "on" }))).toBe(2);
  });

  test("counts two index writes when an update moves an item within the index", async () => {
    await put({ id: "1", state: "on" });
    const move = () =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: { id: { S: "1" } },
          UpdateExpression: "SET #state = :state",
          ExpressionAttributeNames: { "#state": "state" },
          ExpressionAttributeValues: { ":state": { S: "off" } },
        }),
      );
    expect(await unitsOf(move)).toBe(3);
    expect(await unitsOf(move)).toBe(1);
  });

  test("counts a new index entry once when many writers put the same item at the same time", async () => {
    const writers = () =>
      Promise.all(Array.from({ length: 20 }, () => put({ id: "1", state: "on" })));
    expect(await unitsOf(writers)).toBe(21);
  });

  test("counts a refused condition by the size of the item it met", async () => {
    await put({ id: "1", text: "x".repeat(3000) });
    const refused = () =>
      client
        .send(
          new PutItemCommand({
            TableName,
            Item: { id: { S: "1" } },
            ConditionExpression: "attribute_not_exists(id)",
          }),
        )
        .catch((error: Error) => error.name);
    expect(await unitsOf(refused)).toBe(3);
  });

  test("counts a strong read whole and an eventual read half", async () => {
    await put({ id: "1", text: "x".repeat(5000) });
    const read = (ConsistentRead: boolean) => () =>
      client.send(new GetItemCommand({ TableName, Key: { id: { S: "1" } }, ConsistentRead }));
    expect(await unitsOf(read(true), "read")).toBe(2);
    expect(await unitsOf(read(false), "read")).toBe(1);
  });

  test("counts the sum of a query's items, and the minimum when there are none", async () => {
    for (const id of ["1", "2", "3"]) await put({ id, state: "on", label: "x".repeat(2000) });
    expect(await unitsOf(() => findByState("on"), "read")).toBe(1);
    expect(await unitsOf(() => findByState("off"), "read")).toBe(0.5);
  });

  test("does not report capacity to a caller that did not ask for it", async () => {
    await put({ id: "1" });
    const answer = await client.send(new GetItemCommand({ TableName, Key: { id: { S: "1" } } }));
    expect(answer.ConsumedCapacity).toBeUndefined();
  });
});

describe("the faults of the local DynamoDB", () => {
  test("a throttled write did nothing and costs nothing", async () => {
    local.faults.add({ kind: "throttle", operation: "PutItem", times: 1 });
    await expect(put({ id: "1" })).rejects.toMatchObject({
      name: "ProvisionedThroughputExceededException",
      $metadata: { httpStatusCode: 400 },
    });
    expect(local.meter.read()).toEqual({});
    expect(await get("1")).toBeUndefined();
  });

  test("a dropped answer leaves the writer in doubt while the write is there", async () => {
    local.faults.add({ kind: "drop-answer", operation: "PutItem", times: 1 });
    await expect(put({ id: "1" })).rejects.toThrow();
    expect(await get("1")).toEqual({ id: { S: "1" } });
  });

  test("a refused connection did nothing", async () => {
    local.faults.add({ kind: "refuse", match: "secret-item", times: 1 });
    await expect(put({ id: "secret-item" })).rejects.toThrow();
    expect(await get("secret-item")).toBeUndefined();
  });

  test("a delayed write happens after all", async () => {
    local.faults.add({ kind: "delay", delayMs: 20, times: 1 });
    await put({ id: "1" });
    expect(await get("1")).toEqual({ id: { S: "1" } });
  });

  test("the SDK's own retries get through a passing throttle", async () => {
    local.faults.add({ kind: "throttle", times: 2 });
    const patient = new DynamoDBClient({
      endpoint: local.endpoint,
      region: "us-east-1",
      credentials: dummyCredentials,
    });
    const answer = await patient.send(
      new GetItemCommand({ TableName, Key: { id: { S: "none" } } }),
    );
    patient.destroy();
    expect(answer.$metadata.attempts).toBe(3);
  });
});

test("a sweep deletes expired items only, and nobody pays for it", async () => {
  const item = (id: string, expires?: { N: string } | { S: string }) =>
    client.send(
      new PutItemCommand({ TableName, Item: { id: { S: id }, ...(expires && { expires }) } }),
    );
  await item("past", { N: "1000" });
  await item("future", { N: "3000" });
  await item("never");
  await item("not-a-number", { S: "1000" });
  local.meter.reset();
  expect(await local.sweepExpired(2_000_000)).toBe(1);
  expect(local.meter.read()).toEqual({});
  expect(await get("past")).toBeUndefined();
  for (const id of ["future", "never", "not-a-number"]) expect(await get(id)).toBeDefined();
});

test("an item of more than 400 KB is refused, counted in bytes", async () => {
  const put = (length: number) =>
    client.send(
      new PutItemCommand({ TableName, Item: { id: { S: "a" }, text: { S: "語".repeat(length) } } }),
    );
  await put(136_000);
  await expect(put(137_000)).rejects.toThrow("exceeded the maximum allowed size");
});

test("a request without a signature is refused", async () => {
  const answer = await fetch(local.endpoint, {
    method: "POST",
    headers: { "x-amz-target": "DynamoDB_20120810.ListTables" },
    body: "{}",
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("MissingAuthenticationTokenException");
});

test("an index keeps items of the same key apart whose hashes begin alike", async () => {
  const inIndex = async (state: string) => {
    const { Items = [] } = await findByState(state);
    return new Set(Items.map(({ id }) => id?.S));
  };
  // The first two of these whose hashes agree in 24 bits, by which dynalite knew them.
  const [one, other] = ["item-10782", "item-11308"];
  await put({ id: one, state: "open" });
  await put({ id: other, state: "open" });
  expect(await inIndex("open")).toEqual(new Set([one, other]));
  await put({ id: one, state: "closed" });
  expect(await inIndex("open")).toEqual(new Set([other]));
  expect(await inIndex("closed")).toEqual(new Set([one]));
});
