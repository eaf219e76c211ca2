import * as items from "#functions/store/items.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";

/** A received file has come, or will not: its message says so. */
export async function projectMessageMedia(
  { messages }: DispatchDeps,
  { sessionId, data }: EventOf<"message.media">,
): Promise<void> {
  const { messageId, type, status, reason } = data;
  const failed = reason === null ? "" : ", content.#type.mediaReason = :reason";
  await items.update(messages, messageKey(sessionId, messageId), {
    UpdateExpression: `SET content.#type.mediaStatus = :status${failed}`,
    ConditionExpression: "attribute_exists(content.#type)",
    ExpressionAttributeNames: { "#type": type },
    ExpressionAttributeValues: { ":status": status, ...(reason !== null && { ":reason": reason }) },
  });
}
