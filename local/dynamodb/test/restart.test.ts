import { join } from "node:path";
import {
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { startChild } from "#local/stand-in/test/start-child.ts";
import { temporaryFolder } from "#local/stand-in/test/temporary-folder.ts";
import { database, type TableRecord } from "../dynalite.ts";
import { startDynamodb } from "../start-dynamodb.ts";
import type { WireItem } from "../item-size.ts";
import type { TableSpec } from "../table-spec.ts";

const TableName = "journal";
const tables: TableSpec[] = [
  { name: TableName, partitionKey: { name: "id", type: "S" }, ttlAttribute: "expires" },
];

function makeClient(endpoint: string) {
  const client = new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
}

const put = (client: DynamoDBClient, id: string) =>
  client.send(new PutItemCommand({ TableName, Item: { id: { S: id } } }));

async function isStored(client: DynamoDBClient, id: string) {
  const answer = await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }));
  return answer.Item !== undefined;
}

test("items and the expiry setting survive a restart", async () => {
  const dataDir = await temporaryFolder();
  {
    await using first = await startDynamodb({ dataDir, tables });
    await put(makeClient(first.endpoint), "kept");
  }
  await using second = await startDynamodb({ dataDir, tables });
  const client = makeClient(second.endpoint);
  expect(await isStored(client, "kept")).toBe(true);
  const expiry = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(expiry.TimeToLiveDescription).toEqual({
    TimeToLiveStatus: "ENABLED",
    AttributeName: "expires",
  });
});

test("every acknowledged write survives kill -9", async () => {
  const dataDir = await temporaryFolder();
  const url = import.meta.resolve("../start-dynamodb.ts");
  const { child, endpoint } = await startChild(
    { url, start: "startDynamodb" },
    { dataDir, tables },
  );
  const client = makeClient(endpoint);
  const acknowledged: string[] = [];
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let count = 0; ; count += 1) {
      const id = `${writer}-${count}`;
      await put(client, id);
      acknowledged.push(id);
      if (acknowledged.length === 200) child.kill("SIGKILL");
    }
  });
  await Promise.allSettled(writers);

  await using second = await startDynamodb({ dataDir, tables });
  const survivor = makeClient(second.endpoint);
  const lost: string[] = [];
  for (const id of acknowledged) if (!(await isStored(survivor, id))) lost.push(id);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  expect(lost).toEqual([]);
});

test("an index that contradicts its table after a crash is made anew", async () => {
  const dataDir = await temporaryFolder();
  const indexed: TableSpec[] = [
    {
      name: "indexed",
      partitionKey: { name: "id", type: "S" },
      indexes: [
        { name: "by-state", partitionKey: { name: "state", type: "S" }, projection: "KEYS_ONLY" },
      ],
    },
  ];
  const item = (id: string) => ({ id: { S: id }, state: { S: "on" } });
  {
    await using first = await startDynamodb({ dataDir, tables: indexed });
    const client = makeClient(first.endpoint);
    await client.send(new PutItemCommand({ TableName: "indexed", Item: item("gone") }));
  }
  await writeBehindTheIndex(join(dataDir, "dynamodb"), { lose: item("gone"), add: item("new") });
  await using second = await startDynamodb({ dataDir, tables: indexed });
  const answer = await makeClient(second.endpoint).send(
    new QueryCommand({
      TableName: "indexed",
      IndexName: "by-state",
      KeyConditionExpression: "#state = :on",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":on": { S: "on" } },
    }),
  );
  expect(answer.Items).toEqual([item("new")]);
});

/** Leaves the database as a crash does that comes between an item and its index entry. */
async function writeBehindTheIndex(path: string, items: { lose: WireItem; add: WireItem }) {
  const store = database.create({ path });
  await store.db.open();
  const table = await new Promise<TableRecord>((resolve, reject) => {
    store.getTable("indexed", false, (error, found) => (found ? resolve(found) : reject(error)));
  });
  const section = store.getItemDb("indexed");
  await new Promise((resolve) => section.del(database.createKey(items.lose, table), resolve));
  await new Promise((resolve) => {
    section.put(database.createKey(items.add, table), items.add, resolve);
  });
  await store.db.close();
}
