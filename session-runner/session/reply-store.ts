// Answers to questions, in the fleet table: one write each, two for what may not be asked twice.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { DynamoDBDocumentClient, PutCommandInput } from "@aws-sdk/lib-dynamodb";
import type { CommandOf } from "#shared/contracts/command.ts";
import { replyKey } from "#shared/items/fleet-item.ts";
import type { ReplyItem } from "#shared/items/fleet-item.ts";

type Asked = CommandOf<"session.ask.v1">;

export type Reply = Pick<ReplyItem, "status" | "answer" | "code" | "detail">;

export type ReplyStore = {
  /** Notes that it is about to be asked; false when somebody has noted that before. */
  begin(asked: Asked): Promise<boolean>;
  conclude(asked: Asked, reply: Reply): Promise<void>;
  /** Like `conclude`, unless there is an answer. */
  concludeOpen(asked: Asked, reply: Reply): Promise<void>;
};

const keptSeconds = 3_600;

export function createReplyStore(
  dynamodb: DynamoDBDocumentClient,
  table: string,
  now: () => number,
): ReplyStore {
  async function put(
    { sessionId, accountId, replyId, question }: Asked,
    reply: Reply,
    condition: Partial<PutCommandInput> = {},
  ): Promise<boolean> {
    const expiresAt = Math.floor(now() / 1_000) + keptSeconds;
    const key = replyKey(sessionId, replyId);
    const Item: ReplyItem = { ...key, accountId, question: question.kind, ...reply, expiresAt };
    try {
      await dynamodb.send(new PutCommand({ TableName: table, Item, ...condition }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  return {
    begin: (asked) =>
      put(asked, { status: "begun" }, { ConditionExpression: "attribute_not_exists(pk)" }),
    async conclude(asked, reply) {
      await put(asked, reply);
    },
    async concludeOpen(asked, reply) {
      await put(asked, reply, {
        ConditionExpression: "attribute_not_exists(pk) OR #status = :begun",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":begun": "begun" },
      });
    },
  };
}
