import { implement } from "#functions/middleware/implement.ts";
import * as items from "#functions/store/items.ts";
import * as sessions from "#functions/store/sessions.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import { recipientPrefix } from "#shared/items/message-item.ts";
import type { RecipientItem } from "#shared/items/message-item.ts";
import { messageRoutes } from "#shared/routes/messages.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireTarget } from "./require-target.ts";

/** A group has 1,024 members at most, who fit into one answer: one read unit for about 25 of them. */
export const listRecipients = implement(
  messageRoutes.listRecipients,
  async ({ caller, params }, deps: MessageDeps) => {
    const { sessionId } = await sessions.require(deps.control, caller, params.sessionId);
    const { messageId } = await requireTarget(deps, sessionId, params.messageId);
    const found = items.query<RecipientItem>(deps.messages, {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": sessionId, ":prefix": recipientPrefix(messageId) },
      ConsistentRead: false,
    });
    const all = await Array.fromAsync(found);
    const reached = (rank: number) => all.filter((item) => item.rank >= rank).length;
    const { delivered, read, played } = statusRank;
    const counts = { delivered: reached(delivered), read: reached(read), played: reached(played) };
    return { status: 200, body: { counts, data: all.map(toRecipient) } };
  },
);

function toRecipient({ recipient, status, deliveredAt, readAt, playedAt }: RecipientItem) {
  return {
    recipient,
    status,
    deliveredAt: deliveredAt ?? null,
    readAt: readAt ?? null,
    playedAt: playedAt ?? null,
  };
}
