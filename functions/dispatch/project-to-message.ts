import * as items from "#functions/store/items.ts";
import { keptAddress } from "#shared/address.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { messageKey } from "#shared/items/message-item.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";

type ToMessage = { sessionId: string; data: { messageId: string | null } };

/** An earlier message says something else now. */
export function projectMessageEdited(
  deps: DispatchDeps,
  event: EventOf<"message.edited">,
): Promise<void> {
  const { body, editedAt: at } = event.data;
  return setNewer(deps, event, "edit", { body, at });
}

export function projectMessageReaction(
  deps: DispatchDeps,
  event: EventOf<"message.reaction">,
): Promise<void> {
  const { from, emoji, reactedAt: at } = event.data;
  return setNewer(deps, event, `reaction ${keptAddress(from)}`, { from, emoji, at });
}

export async function projectPollVote(
  deps: DispatchDeps,
  event: EventOf<"poll.vote">,
): Promise<void> {
  const { from, options, votedAt: at } = event.data;
  if (options) await setNewer(deps, event, `vote ${keptAddress(from)}`, { from, options, at });
}

export async function projectMessageDeleted(
  { messages }: DispatchDeps,
  { sessionId, data }: EventOf<"message.deleted">,
): Promise<void> {
  if (data.messageId === null) return;
  await items.update(messages, messageKey(sessionId, data.messageId), {
    UpdateExpression: "SET deletedAt = :at",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: { ":at": data.deletedAt },
  });
}

/** Sets one attribute of the message, unless it holds something newer. */
async function setNewer(
  { messages }: DispatchDeps,
  { sessionId, data }: ToMessage,
  attribute: string,
  value: { at: string; [member: string]: unknown },
): Promise<void> {
  if (data.messageId === null) return;
  await items.update(messages, messageKey(sessionId, data.messageId), {
    UpdateExpression: "SET #it = :value",
    ConditionExpression: "attribute_exists(pk) AND (attribute_not_exists(#it) OR #it.#at <= :at)",
    ExpressionAttributeNames: { "#it": attribute, "#at": "at" },
    ExpressionAttributeValues: { ":value": value, ":at": value.at },
  });
}
