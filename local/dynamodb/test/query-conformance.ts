import { randomUUID } from "node:crypto";
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  QueryCommand,
  ScanCommand,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { createTestTable } from "./test-table.ts";

/** What the stand-in and the real service have to answer alike about queries, scans and batches. */
export function describeQueries(name: string, connect: () => Promise<DynamoDBClient>): void {
  describe(name, () => {
    const { TableName, client, key, put } = createTestTable(connect);

    test("a query walks numbers in numeric order, page by page, both ways", async () => {
      for (const seq of [10, 9, 2, 1]) await put("pages", {}, seq);
      const page = async (
        forward: boolean,
        start?: Record<string, { S: string } | { N: string }>,
      ) => {
        const answer = await client().send(
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
      const answer = await client().send(
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
        const answer = await client().send(
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
      await client().send(new DeleteItemCommand({ TableName, Key: key("index-in") }));
      await expect.poll(find, { timeout: 20_000 }).toEqual([]);
    });

    test("batches write and read many items at once", async () => {
      await client().send(
        new BatchWriteItemCommand({
          RequestItems: {
            [TableName]: [1, 2, 3].map((seq) => ({
              PutRequest: { Item: { ...key("batch", seq), label: { S: `l${seq}` } } },
            })),
          },
        }),
      );
      await client().send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: [{ DeleteRequest: { Key: key("batch", 2) } }] },
        }),
      );
      const answer = await client().send(
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
      const answer = await client().send(new ScanCommand({ TableName, ConsistentRead: true }));
      const parts = answer.Items?.map((item) => item["part"]?.S);
      expect(parts).toEqual(expect.arrayContaining(["scan-a", "scan-b"]));
    });
  });
}
