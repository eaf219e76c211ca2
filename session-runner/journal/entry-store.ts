// The journal's rows in DynamoDB. Row 0 is the head: the wrapped data key and the newest snapshot.
// Rows from 1 on are entries, each written once by a conditional put.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";

export type EntryKind = "claim" | "commit" | "erase";

export type EntryRow = {
  sessionId: string;
  seq: number;
  epoch: number;
  kind: EntryKind;
  /** Sealed change; see entry-codec. */
  data: Uint8Array;
  /** Tells our own write from another's when an answer was lost. */
  appendId: string;
  /** Seconds since 1970. */
  writtenAt: number;
  expiresAt: number;
};

export type EntryStore = {
  /** `accepted` when this row is the one at its seq now, however often it had to be asked. */
  append(row: Omit<EntryRow, "appendId">): Promise<"accepted" | "refused">;
  /** Rows after `seq`, in order. */
  readAfter(sessionId: string, seq: number): Promise<EntryRow[]>;
};

const retryDelaysMs = [50, 100, 200, 500, 1_000];

export function createEntryStore(dynamodb: DynamoDBDocumentClient, table: string): EntryStore {
  async function tryPut(row: EntryRow): Promise<"accepted" | "refused" | "ambiguous"> {
    try {
      await dynamodb.send(
        new PutCommand({
          TableName: table,
          Item: row,
          ConditionExpression: "attribute_not_exists(seq)",
        }),
      );
      return "accepted";
    } catch (error) {
      return error instanceof ConditionalCheckFailedException ? "refused" : "ambiguous";
    }
  }

  async function readAppendId(row: EntryRow): Promise<string | undefined> {
    const { Item } = await dynamodb.send(
      new GetCommand({
        TableName: table,
        Key: { sessionId: row.sessionId, seq: row.seq },
        ConsistentRead: true,
        ProjectionExpression: "appendId",
      }),
    );
    return (Item as Pick<EntryRow, "appendId"> | undefined)?.appendId;
  }

  /** A refusal may be of our own earlier write whose answer was lost: only reading tells. */
  async function resolve(row: EntryRow): Promise<"accepted" | "refused" | "absent" | "unknown"> {
    try {
      const found = await readAppendId(row);
      if (found === undefined) return "absent";
      return found === row.appendId ? "accepted" : "refused";
    } catch {
      return "unknown";
    }
  }

  return {
    async append(bare) {
      const row: EntryRow = { ...bare, appendId: randomUUID() };
      for (let attempt = 0; ; attempt += 1) {
        const outcome = await tryPut(row);
        if (outcome === "accepted") return "accepted";
        const resolved = await resolve(row);
        if (resolved === "accepted" || resolved === "refused") return resolved;
        await sleep(retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)]);
      }
    },
    async readAfter(sessionId, seq) {
      const rows: EntryRow[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await dynamodb.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: "sessionId = :session AND seq > :seq",
            ExpressionAttributeValues: { ":session": sessionId, ":seq": seq },
            ConsistentRead: true,
            ...(from ? { ExclusiveStartKey: from } : {}),
          }),
        );
        rows.push(...((page.Items ?? []) as EntryRow[]));
        from = page.LastEvaluatedKey;
      } while (from);
      return rows;
    },
  };
}
