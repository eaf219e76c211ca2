// What the stand-in and the real service have to answer alike. Uses the SDK alone.
import { randomUUID } from "node:crypto";
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** Declares the suite; `connect` is called once, before the first test. */
export function describeDynamodb(name: string, connect: () => Promise<DynamoDBClient>): void {
  describe(name, () => {
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

    test("an item comes back as it was put, binary and nested values included", async () => {
      const rest = {
        bytes: { B: new Uint8Array([0, 255, 7]) },
        text: { S: "héllo ✓" },
        map: { M: { list: { L: [{ N: "1.5" }, { NULL: true }, { BOOL: false }] } } },
        tags: { SS: ["a", "b"] },
      };
      await put("round-trip", rest);
      expect(await get("round-trip")).toEqual({ ...key("round-trip"), ...rest });
    });

    test("of many writers that all require absence exactly one wins", async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, writer) =>
          client.send(
            new PutItemCommand({
              TableName,
              Item: { ...key("race"), writer: { N: String(writer) } },
              ConditionExpression: "attribute_not_exists(part)",
            }),
          ),
        ),
      );
      const losers = results.filter((result) => result.status === "rejected");
      expect(losers).toHaveLength(19);
      for (const loser of losers) {
        expect(loser.reason).toMatchObject({ name: "ConditionalCheckFailedException" });
      }
    });

    test("a refused condition hands out the item when it was asked for", async () => {
      await put("refused", { owner: { S: "other" } });
      const refused = client.send(
        new PutItemCommand({
          TableName,
          Item: key("refused"),
          ConditionExpression: "attribute_not_exists(part)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      await expect(refused).rejects.toMatchObject({
        name: "ConditionalCheckFailedException",
        Item: { owner: { S: "other" } },
      });
    });

    test("an update counts, sets and removes, and returns the new item", async () => {
      await put("update", { count: { N: "1" }, old: { S: "x" } });
      const answer = await client.send(
        new UpdateItemCommand({
          TableName,
          Key: key("update"),
          UpdateExpression:
            "SET #label = if_not_exists(#label, :label) ADD #count :one REMOVE #old",
          ExpressionAttributeNames: { "#label": "label", "#count": "count", "#old": "old" },
          ExpressionAttributeValues: { ":label": { S: "first" }, ":one": { N: "1" } },
          ReturnValues: "ALL_NEW",
        }),
      );
      expect(answer.Attributes).toEqual({
        ...key("update"),
        count: { N: "2" },
        label: { S: "first" },
      });
    });

    test("a delete returns what it deleted and is quiet when there is nothing", async () => {
      await put("delete", { label: { S: "gone" } });
      const remove = () =>
        client.send(
          new DeleteItemCommand({ TableName, Key: key("delete"), ReturnValues: "ALL_OLD" }),
        );
      expect((await remove()).Attributes).toMatchObject({ label: { S: "gone" } });
      expect((await remove()).Attributes).toBeUndefined();
      expect(await get("delete")).toBeUndefined();
    });

    test("a query walks numbers in numeric order, page by page, both ways", async () => {
      for (const seq of [10, 9, 2, 1]) await put("pages", {}, seq);
      const page = async (
        forward: boolean,
        start?: Record<string, { S: string } | { N: string }>,
      ) => {
        const answer = await client.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "part = :part AND seq > :least",
            ExpressionAttributeValues: { ":part": { S: "pages" }, ":least": { N: "1" } },
            ConsistentRead: true,
            ScanIndexForward: forward,
            Limit: 2,
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        return { ...answer, seqs: answer.Items?.map((item) => Number(item["seq"]?.N)) };
      };
      const first = await page(true);
      expect(first.seqs).toEqual([2, 9]);
      expect(first.LastEvaluatedKey).toEqual(key("pages", 9));
      const second = await page(true, key("pages", 9));
      expect(second.seqs).toEqual([10]);
      expect((await page(false)).seqs).toEqual([10, 9]);
    });

    test("a filter drops items after they were counted", async () => {
      await put("filter", { label: { S: "a" } }, 1);
      await put("filter", { label: { S: "b" } }, 2);
      const answer = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "part = :part",
          FilterExpression: "label = :label",
          ExpressionAttributeValues: { ":part": { S: "filter" }, ":label": { S: "b" } },
        }),
      );
      expect(answer).toMatchObject({ Count: 1, ScannedCount: 2 });
    });

    test("a sparse index holds only items with its key, with the projected attributes", async () => {
      const state = `state-${randomUUID()}`;
      await put("index-in", { state: { S: state }, label: { S: "l" }, other: { S: "o" } });
      await put("index-out", { label: { S: "l" } });
      const find = async () => {
        const answer = await client.send(
          new QueryCommand({
            TableName,
            IndexName: "by-state",
            KeyConditionExpression: "#state = :state",
            ExpressionAttributeNames: { "#state": "state" },
            ExpressionAttributeValues: { ":state": { S: state } },
          }),
        );
        return answer.Items ?? [];
      };
      await expect
        .poll(find, { timeout: 20_000 })
        .toEqual([{ ...key("index-in"), state: { S: state }, label: { S: "l" } }]);
      await client.send(new DeleteItemCommand({ TableName, Key: key("index-in") }));
      await expect.poll(find, { timeout: 20_000 }).toEqual([]);
    });

    test("batches write and read many items at once", async () => {
      await client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [TableName]: [1, 2, 3].map((seq) => ({
              PutRequest: { Item: { ...key("batch", seq), label: { S: `l${seq}` } } },
            })),
          },
        }),
      );
      await client.send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: [{ DeleteRequest: { Key: key("batch", 2) } }] },
        }),
      );
      const answer = await client.send(
        new BatchGetItemCommand({
          RequestItems: {
            [TableName]: { Keys: [1, 2, 3].map((seq) => key("batch", seq)), ConsistentRead: true },
          },
        }),
      );
      const labels = answer.Responses?.[TableName]?.map((item) => item["label"]?.S);
      expect(labels?.toSorted()).toEqual(["l1", "l3"]);
    });

    test("a scan finds items of every partition", async () => {
      await put("scan-a");
      await put("scan-b");
      const answer = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
      const parts = answer.Items?.map((item) => item["part"]?.S);
      expect(parts).toEqual(expect.arrayContaining(["scan-a", "scan-b"]));
    });

    test("consumed capacity includes the writes to indexes", async () => {
      const write = async (label: string) => {
        const answer = await client.send(
          new PutItemCommand({
            TableName,
            Item: { ...key("capacity"), state: { S: "on" }, label: { S: label } },
            ReturnConsumedCapacity: "INDEXES",
          }),
        );
        return answer.ConsumedCapacity;
      };
      expect(await write("a")).toMatchObject({
        CapacityUnits: 2,
        Table: { CapacityUnits: 1 },
        GlobalSecondaryIndexes: { "by-state": { CapacityUnits: 1 } },
      });
      expect(await write("a")).toMatchObject({ CapacityUnits: 1 });
    });

    test("a missing table is named as such", async () => {
      const read = client.send(
        new GetItemCommand({ TableName: `missing-${randomUUID()}`, Key: key("x") }),
      );
      await expect(read).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    });

    test("a key of the wrong type is refused", async () => {
      const read = client.send(
        new GetItemCommand({ TableName, Key: { part: { N: "1" }, seq: { N: "1" } } }),
      );
      await expect(read).rejects.toMatchObject({ name: "ValidationException" });
    });

    test("an item beyond 400 KB is refused", async () => {
      const write = put("large", { text: { S: "x".repeat(410_000) } });
      await expect(write).rejects.toMatchObject({ name: "ValidationException" });
    });

    test("expiry can be switched on and described", async () => {
      const describeExpiry = async () =>
        (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
      expect(await describeExpiry()).toMatchObject({ TimeToLiveStatus: "DISABLED" });
      await client.send(
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
        }),
      );
      expect((await describeExpiry())?.TimeToLiveStatus).toMatch(/^ENABL(ED|ING)$/);
    });

    test("a table describes its keys, indexes and billing", async () => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      expect(Table).toMatchObject({
        TableStatus: "ACTIVE",
        BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
        GlobalSecondaryIndexes: [{ IndexName: "by-state", IndexStatus: "ACTIVE" }],
      });
    });
  });
}
