import { canSendSoon } from "#functions/api/messages/require-sendable.ts";
import { sendCommands } from "#functions/send-commands.ts";
import type { BatchBody } from "#functions/store/batches.ts";
import * as items from "#functions/store/items.ts";
import * as messages from "#functions/store/messages.ts";
import { inQueueUntil } from "#functions/store/offline-messages.ts";
import { sessionKey } from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { toSendCommand } from "#functions/to-send-command.ts";
import { batchMessageIds, batchMintings, madeByBatch } from "#shared/batch-ids.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import { statusRank } from "#shared/contracts/message-status.ts";
import { isErased } from "#shared/items/batch-item.ts";
import type { BatchItem, BatchRecipient } from "#shared/items/batch-item.ts";
import { chatKeyOf, messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import pMap from "p-map";
import type { BatchDeps } from "./batch-deps.ts";
import { fillContent } from "./fill-content.ts";

const concurrency = 16;

/** Stores the messages of the recipients up to `end`, then queues those that wait to be sent. */
export async function queueSlice(
  deps: BatchDeps,
  batch: BatchItem,
  { content, recipients }: BatchBody,
  end: number,
): Promise<void> {
  const session = await items.find<SessionItem>(
    deps.control,
    sessionKey(batch.accountId, batch.sessionId),
  );
  const waits = session === undefined || !canSendSoon(session);
  const place = waits ? inQueueUntil(deps.messages.now()) : {};
  const indexes = Array.from({ length: end - batch.next }, (_, i) => batch.next + i).filter(
    (index) => !isErased(recipients[index] as BatchRecipient),
  );
  const idsOf = Array.from({ length: batchMintings }, (_, minting) =>
    batchMessageIds(batch, recipients, minting),
  );
  const made = await pMap(
    indexes,
    async (index): Promise<MessageItem> => {
      const [to, variables] = recipients[index] ?? ["", {}];
      const filled = fillContent(content, variables);
      for (const ids of idsOf) {
        const item = toItem(batch, index, { ...(ids[index] as Ids), to, content: filled, place });
        if (await messages.create(deps.messages, item)) return item;
        const found = await messages.find(deps.messages, batch.sessionId, item.messageId);
        if (found && found.madeBy === item.madeBy) return found;
      }
      throw new Error(`no free message id for recipient ${index} of ${batch.batchId}`);
    },
    { concurrency },
  );
  const waiting = made.filter(({ status }) => status === "queued");
  await sendCommands(
    deps.commands,
    batch.shard,
    waiting.map((item) => ({ command: toSendCommand(item), once: item.messageId })),
  );
}

type Ids = { messageId: string; whatsappId: string };

type DuePlace = Pick<MessageItem, "dueIn" | "dueAt">;

type Made = Ids & { to: string; content: MessageContent; place: DuePlace };

function toItem(
  batch: BatchItem,
  index: number,
  { messageId, whatsappId, to, content, place }: Made,
): MessageItem {
  const { accountId, sessionId, batchId, createdAt, sendAt, sendBefore, by, requestId } = batch;
  const { typeFor } = batch;
  return {
    ...messageKey(sessionId, messageId),
    messageId,
    whatsappId,
    accountId,
    direction: "outbound",
    chat: to,
    chatKey: chatKeyOf(sessionId, to),
    content,
    status: "queued",
    rank: statusRank.queued,
    createdAt: sendAt ?? createdAt,
    requestId,
    by,
    batchId,
    madeBy: madeByBatch(batchId, index),
    ...place,
    ...(sendBefore !== undefined && { sendBefore }),
    ...(typeFor !== undefined && { typeFor }),
    expiresAt: batch.expiresAt,
  };
}
