import { randomUUID } from "node:crypto";
import {
  DeleteItemCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { createTestTable } from "./test-table.ts";

/** What the stand-in and the real service have to answer alike about items and tables. */
export function describeItems(name: string, connect: () => Promise<DynamoDBClient>): void {
  describe(name, () => {
    const { TableName, client, key, put, get } = createTestTable(connect);

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
          client().send(
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
      const refused = client().send(
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
      const answer = await client().send(
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
        client().send(
          new DeleteItemCommand({ TableName, Key: key("delete"), ReturnValues: "ALL_OLD" }),
        );
      expect((await remove()).Attributes).toMatchObject({ label: { S: "gone" } });
      expect((await remove()).Attributes).toBeUndefined();
      expect(await get("delete")).toBeUndefined();
    });

    test("consumed capacity includes the writes to indexes", async () => {
      const write = async (label: string) => {
        const answer = await client().send(
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
      const read = client().send(
        new GetItemCommand({ TableName: `missing-${randomUUID()}`, Key: key("x") }),
      );
      await expect(read).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    });

    test("a key of the wrong type is refused", async () => {
      const read = client().send(
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
        (await client().send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
      expect(await describeExpiry()).toMatchObject({ TimeToLiveStatus: "DISABLED" });
      await client().send(
        new UpdateTimeToLiveCommand({
          TableName,
          TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
        }),
      );
      expect((await describeExpiry())?.TimeToLiveStatus).toMatch(/^ENABL(ED|ING)$/);
    });

    test("a table describes its keys, indexes and billing", async () => {
      const { Table } = await client().send(new DescribeTableCommand({ TableName }));
      expect(Table).toMatchObject({
        TableStatus: "ACTIVE",
        BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
        GlobalSecondaryIndexes: [{ IndexName: "by-state", IndexStatus: "ACTIVE" }],
      });
    });
  });
}
