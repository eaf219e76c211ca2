// What the runner needs of the messages table: the content for retries, and messages that wait.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { QueryCommandInput, UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import type { BatchState } from "#shared/contracts/batch.ts";
import { batchKey } from "#shared/items/batch-item.ts";
import type { BatchItem } from "#shared/items/batch-item.ts";
import { messageKey, messagePrefix } from "#shared/items/message-item.ts";
import type { MessageItem, Upload } from "#shared/items/message-item.ts";
import { messageIdOf } from "#shared/message-id.ts";
import type { DepartureOutcome } from "./departure.ts";

export type SentMessage = Pick<MessageItem, "content" | "upload" | "chat">;

export type MessageStore = {
  /** Stores a message unless it is there. */
  keep(item: MessageItem): Promise<void>;
  /** What we sent; undefined when it is not ours or gone. */
  findSent(sessionId: string, whatsappId: string): Promise<SentMessage | undefined>;
  /** What a message's file became at WhatsApp, when a try before this one has uploaded it. */
  findUpload(sessionId: string, messageId: string): Promise<Upload | undefined>;
  keepUpload(sessionId: string, messageId: string, upload: Upload): Promise<void>;
  /** Marks a queued message as waiting for its session. */
  park(sessionId: string, message: { messageId: string; to: string }): Promise<void>;
  /** False when its fate is told, or it was cancelled or is gone. */
  isQueued(sessionId: string, messageId: string): Promise<boolean>;
  /** The message, if its fate is not told yet. */
  findQueued(sessionId: string, messageId: string): Promise<MessageItem | undefined>;
  /** See {@link DepartureStore}. */
  beginDeparture(
    sessionId: string,
    messageId: string,
    departure: string,
  ): Promise<DepartureOutcome>;
  giveUpDeparture(sessionId: string, messageId: string, departure: string): Promise<void>;
  /** `cancelled` when there is no such batch any more. */
  findBatchState(accountId: string, batchId: string): Promise<BatchState>;
  /** Waiting messages in the order of acceptance, as they were a moment ago. */
  listParked(sessionId: string): AsyncIterable<MessageItem>;
  /** The same from a message on, as they are: looks at all messages that the session has since. */
  listParkedFrom(sessionId: string, messageId: string): AsyncIterable<MessageItem>;
};

/** Messages that one look brings into memory. */
const pageSize = 100;

export function createMessageStore(dynamodb: DynamoDBDocumentClient, table: string): MessageStore {
  async function update(
    sessionId: string,
    messageId: string,
    change: Omit<UpdateCommandInput, "TableName" | "Key">,
  ): Promise<void> {
    try {
      await dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key: messageKey(sessionId, messageId),
          ...change,
        }),
      );
    } catch (error) {
      // Settled or deleted in the meantime: nothing waits any more.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async function* queryWaiting(
    query: Omit<QueryCommandInput, "TableName">,
  ): AsyncGenerator<MessageItem> {
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await dynamodb.send(
        new QueryCommand({ TableName: table, Limit: pageSize, ...query, ExclusiveStartKey }),
      );
      for (const item of (page.Items ?? []) as MessageItem[]) {
        if (item.status === "queued" && item.parkedIn !== undefined) yield item;
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  async function find<Item>(
    Key: { pk: string; sk: string },
    attribute: keyof Item & string,
  ): Promise<Partial<Item> | undefined> {
    const { Item } = await dynamodb.send(
      new GetCommand({
        TableName: table,
        Key,
        ConsistentRead: true,
        ProjectionExpression: "#attribute",
        ExpressionAttributeNames: { "#attribute": attribute },
      }),
    );
    return Item as Partial<Item> | undefined;
  }

  return {
    async findSent(sessionId, whatsappId) {
      const messageId = messageIdOf(sessionId, whatsappId);
      if (messageId === undefined) return undefined;
      const { Item } = await dynamodb.send(
        new GetCommand({
          TableName: table,
          Key: messageKey(sessionId, messageId),
          ProjectionExpression: "content, upload, chat",
        }),
      );
      return Item as SentMessage | undefined;
    },
    async keep(item) {
      const ConditionExpression = "attribute_not_exists(pk)";
      const put = new PutCommand({ TableName: table, Item: item, ConditionExpression });
      await dynamodb.send(put).catch((error: unknown) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },
    async findUpload(sessionId, messageId) {
      const { Item } = await dynamodb.send(
        new GetCommand({
          TableName: table,
          Key: messageKey(sessionId, messageId),
          ProjectionExpression: "upload",
          ConsistentRead: true,
        }),
      );
      return (Item as Pick<MessageItem, "upload"> | undefined)?.upload;
    },
    keepUpload: (sessionId, messageId, upload) =>
      update(sessionId, messageId, {
        UpdateExpression: "SET upload = :upload",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":upload": upload },
      }),
    park: (sessionId, { messageId }) =>
      update(sessionId, messageId, {
        UpdateExpression: "SET parkedIn = :session",
        ConditionExpression: "#status = :queued",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":session": sessionId, ":queued": "queued" },
      }),
    async isQueued(sessionId, messageId) {
      const item = await find<MessageItem>(messageKey(sessionId, messageId), "status");
      return item?.status === "queued";
    },
    async findQueued(sessionId, messageId) {
      const Key = messageKey(sessionId, messageId);
      const get = new GetCommand({ TableName: table, Key, ConsistentRead: true });
      const item = (await dynamodb.send(get)).Item as MessageItem | undefined;
      return item?.status === "queued" ? item : undefined;
    },
    async beginDeparture(sessionId, messageId, departure) {
      const begin = new UpdateCommand({
        TableName: table,
        Key: messageKey(sessionId, messageId),
        UpdateExpression: "SET departure = :departure",
        ConditionExpression: "#status = :queued",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":departure": departure, ":queued": "queued" },
        ReturnValues: "UPDATED_OLD",
      });
      try {
        const { Attributes } = await dynamodb.send(begin);
        const { departure: before = departure } = (Attributes ?? {}) as Partial<MessageItem>;
        return before === departure ? "begun" : "again";
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return "cancelled";
        throw error;
      }
    },
    giveUpDeparture: (sessionId, messageId, departure) =>
      update(sessionId, messageId, {
        UpdateExpression: "REMOVE departure",
        ConditionExpression: "departure = :departure",
        ExpressionAttributeValues: { ":departure": departure },
      }),
    async findBatchState(accountId, batchId) {
      const batch = await find<BatchItem>(batchKey(accountId, batchId), "state");
      return batch?.state ?? "cancelled";
    },
    listParked: (sessionId) =>
      queryWaiting({
        IndexName: "parked",
        KeyConditionExpression: "parkedIn = :session",
        ExpressionAttributeValues: { ":session": sessionId },
      }),
    listParkedFrom: (sessionId, messageId) =>
      queryWaiting({
        ConsistentRead: true,
        KeyConditionExpression: "pk = :session AND sk BETWEEN :from AND :end",
        ExpressionAttributeValues: {
          ":session": sessionId,
          ":from": messageKey(sessionId, messageId).sk,
          ":end": `${messagePrefix}~`,
        },
      }),
  };
}
