import type { CommandQueues } from "#functions/send-command.ts";
import { sendCommands } from "#functions/send-commands.ts";
import type { SendBatchWork } from "#functions/send-batch-work.ts";
import * as items from "#functions/store/items.ts";
import type { ItemKey } from "#functions/store/items.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import { batchPrefix } from "#shared/items/batch-item.ts";
import { erasurePrefix, sessionErasureKey } from "#shared/items/erasure-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import pMap from "p-map";
import { eraseEvents } from "./erase-events.ts";
import { eraseSession } from "./erase-session.ts";
import type { EraseDeps } from "./erase-session.ts";

export type MessagesDeps = EraseDeps & {
  commands: CommandQueues;
  sendBatchWork: SendBatchWork;
};

type DueKey = ItemKey & { dueAt: number };

/** Until the next call: what is due by then waits in its worker for the very second. */
const aheadMs = 60_000;

/** The rest is due at the next call as well. */
const limit = 2_000;

const concurrency = 16;

const eraseMs = 20_000;

/** Hands over the messages whose time has come, or will have before the next call, and the batches. */
export async function takeUpMessages(deps: MessagesDeps): Promise<void> {
  const { messages } = deps;
  const now = messages.now();
  const due = items.query<DueKey>(messages, {
    IndexName: "due",
    ConsistentRead: false,
    KeyConditionExpression: "dueIn = :due AND dueAt <= :soon",
    ExpressionAttributeValues: { ":due": "due", ":soon": now + aheadMs },
    Limit: limit,
  });
  const single: DueKey[] = [];
  const erasures: DueKey[] = [];
  let taken = 0;
  for await (const key of due) {
    taken += 1;
    if (key.sk.startsWith(erasurePrefix)) erasures.push(key);
    else if (!key.sk.startsWith(batchPrefix)) single.push(key);
    else if (key.dueAt <= now) await takeUpBatch(deps, key);
    if (taken >= limit) break;
  }
  await takeUpSingle(deps, single);
  // Last, for nobody waits for it. What there is no time for is due at the next call as well.
  const isOver = () => messages.now() - now > eraseMs;
  for (const { pk, sk, dueAt } of erasures) {
    if (isOver()) return;
    if (dueAt > now) continue;
    if (sk === sessionErasureKey(pk).sk) await eraseSession(deps, { pk, sk }, isOver);
    else await eraseEvents(messages, { pk, sk }, isOver);
  }
}

/** Asked for again each minute until its messages are made, which the asking does not harm. */
function takeUpBatch({ sendBatchWork, messages }: MessagesDeps, { pk, sk }: DueKey): Promise<void> {
  const batchId = sk.slice(batchPrefix.length);
  const minute = Math.floor(messages.now() / 60_000);
  return sendBatchWork({ accountId: pk, batchId }, `${batchId}:${minute}`);
}

/** Queued first, then marked as taken up: cut short in between, it is queued again under its id. */
async function takeUpSingle(deps: MessagesDeps, keys: DueKey[]): Promise<void> {
  const found = await items.findMany<MessageItem>(
    deps.messages,
    keys.map(({ pk, sk }) => ({ pk, sk })),
  );
  const inOrder = found.toSorted((a, b) => (a.sendAt ?? 0) - (b.sendAt ?? 0) || order(a.sk, b.sk));
  const queued = inOrder.filter(({ status }) => status === "queued");
  for (const [shard, some = []] of Object.entries(Object.groupBy(queued, shardOf))) {
    await sendCommands(deps.commands, Number(shard), some.map(toCommand));
  }
  await pMap(
    inOrder,
    ({ pk, sk }) =>
      items.update(
        deps.messages,
        { pk, sk },
        {
          UpdateExpression: "REMOVE dueIn, dueAt",
          ConditionExpression: "attribute_exists(dueIn)",
        },
      ),
    { concurrency },
  );
}

function shardOf({ shard }: MessageItem): number {
  return shard ?? 0;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toCommand(item: MessageItem): Parameters<typeof sendCommands>[2][number] {
  const { pk: sessionId, accountId, messageId, whatsappId, chat: to, sendBefore, sendAt } = item;
  return {
    once: messageId,
    command: {
      type: "message.send.v1",
      sessionId,
      accountId,
      requestId: item.requestId ?? "",
      messageId,
      whatsappId,
      to,
      content: item.content as MessageContent,
      acceptedAt: Date.parse(item.createdAt),
      ...(sendBefore !== undefined && { expiresAt: sendBefore }),
      ...(item.typeFor !== undefined && { typeFor: item.typeFor }),
      ...(sendAt !== undefined && { sendAt }),
    },
  };
}
