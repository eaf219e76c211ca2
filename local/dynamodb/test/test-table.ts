import { randomUUID } from "node:crypto";
import {
  CreateTableCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll } from "vitest";

/** A table of its own for one suite, and what every test of it needs. */
export function createTestTable(connect: () => Promise<DynamoDBClient>) {
  const TableName = `conformance-${randomUUID()}`;
  let client: DynamoDBClient;

  beforeAll(async () => {
    client = await connect();
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [
          { AttributeName: "part", AttributeType: "S" },
          { AttributeName: "seq", AttributeType: "N" },
          { AttributeName: "state", AttributeType: "S" },
        ],
        KeySchema: [
          { AttributeName: "part", KeyType: "HASH" },
          { AttributeName: "seq", KeyType: "RANGE" },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: "by-state",
            KeySchema: [{ AttributeName: "state", KeyType: "HASH" }],
            Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["label"] },
          },
        ],
      }),
    );
    await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 120 }, { TableName });
  });

  afterAll(async () => {
    await client.send(new DeleteTableCommand({ TableName }));
    client.destroy();
  });

  const key = (part: string, seq = 1) => ({ part: { S: part }, seq: { N: String(seq) } });
  const put = (part: string, rest: object = {}, seq = 1) =>
    client.send(new PutItemCommand({ TableName, Item: { ...key(part, seq), ...rest } }));
  const get = async (part: string, seq = 1) => {
    const answer = await client.send(
      new GetItemCommand({ TableName, Key: key(part, seq), ConsistentRead: true }),
    );
    return answer.Item;
  };

  return { TableName, client: () => client, key, put, get };
}
