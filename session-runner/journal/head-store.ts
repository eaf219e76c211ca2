import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";

/** Row 0 of a session's journal. It has no expiry: it says where the state begins. */
export type Head = {
  /** Data key, wrapped by KMS. */
  wrappedKey: Uint8Array;
  /** The newest snapshot holds everything up to this seq; 0 before the first one. */
  snapshotSeq: number;
  /** Epoch at the snapshot. */
  snapshotEpoch: number;
  /** True when the snapshot was the owner's last act: no entry was written after it by that owner. */
  final: boolean;
  /** Seconds since 1970. */
  writtenAt: number;
};

export type HeadStore = {
  find(sessionId: string): Promise<Head | undefined>;
  /** False when there is one already. */
  create(sessionId: string, head: Head): Promise<boolean>;
  /** False when a newer snapshot is recorded already. */
  replace(sessionId: string, head: Head): Promise<boolean>;
};

export function createHeadStore(dynamodb: DynamoDBDocumentClient, table: string): HeadStore {
  async function put(sessionId: string, head: Head, condition: string, values?: object) {
    try {
      await dynamodb.send(
        new PutCommand({
          TableName: table,
          Item: { sessionId, seq: 0, ...head },
          ConditionExpression: condition,
          ...(values ? { ExpressionAttributeValues: { ...values } } : {}),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    async find(sessionId) {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: table, Key: { sessionId, seq: 0 }, ConsistentRead: true }),
      );
      return Item as Head | undefined;
    },
    create: (sessionId, head) => put(sessionId, head, "attribute_not_exists(seq)"),
    replace: (sessionId, head) =>
      put(sessionId, head, "snapshotSeq <= :seq", { ":seq": head.snapshotSeq }),
  };
}
