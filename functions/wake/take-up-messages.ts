import type { EraseDeps } from "#functions/erase-message.ts";
import type { SendBatchWork } from "#functions/send-batch-work.ts";
import * as items from "#functions/store/items.ts";
import { byTime } from "#functions/store/scheduled-messages.ts";
import type { DueMessage } from "#functions/store/scheduled-messages.ts";
import { batchPrefix } from "#shared/items/batch-item.ts";
import { erasurePrefix, sessionErasureKey } from "#shared/items/erasure-item.ts";
import { messagePrefix } from "#shared/items/message-item.ts";
import { createHandOver } from "./create-hand-over.ts";
import type { HandOverDeps } from "./create-hand-over.ts";
import { eraseTraces } from "./erase-traces.ts";
import { eraseSession } from "./erase-session.ts";
import { keepMessages } from "./keep-messages.ts";

export type MessagesDeps = EraseDeps &
  HandOverDeps & {
    sendBatchWork: SendBatchWork;
    sleep: (milliseconds: number) => Promise<unknown>;
  };

/** Until the next call: what is due by then waits in its worker for the very second. */
const aheadMs = 60_000;

/** The rest is due at the next call as well. */
const limit = 20_000;

/** What comes too early is put off until it is due, or is for the next call if that is later. */
const handOverMs = 45_000;

/** Between two turns. */
const pauseMs = 1_000;

/** Some thousand messages, of which the next call takes more: there is a day for it. */
const keepMs = 3_000;

const eraseMs = 20_000;

/** The Lambda has a minute. */
const wholeMs = 50_000;

/** Takes up the messages, batches and erasures whose time has come, or will have before the next call. */
export async function takeUpMessages(deps: MessagesDeps): Promise<void> {
  const { messages } = deps;
  const began = messages.now();
  const due = await findDue(deps, began + aheadMs);
  const isOf = (prefix: string) => due.filter(({ sk }) => sk.startsWith(prefix));
  for (const key of isOf(batchPrefix)) if (key.dueAt <= began) await takeUpBatch(deps, key);
  await handOverInTime(deps, isOf(messagePrefix), began + handOverMs);
  const keepUntil = messages.now() + keepMs;
  await keepMessages(messages, () => messages.now() > keepUntil);
  // Last, for nobody waits for it. What there is no time for is due at the next call as well.
  const until = Math.min(messages.now() + eraseMs, began + wholeMs);
  const isOver = () => messages.now() > until;
  for (const { pk, sk, dueAt } of isOf(erasurePrefix)) {
    if (isOver()) return;
    if (dueAt > began) continue;
    if (sk === sessionErasureKey(pk).sk) await eraseSession(deps, { pk, sk }, isOver);
    else await eraseTraces(deps, { pk, sk }, isOver);
  }
}

async function findDue({ messages }: MessagesDeps, until: number): Promise<DueMessage[]> {
  const due = items.query<DueMessage>(messages, {
    IndexName: "due",
    ConsistentRead: false,
    KeyConditionExpression: "dueIn = :due AND dueAt <= :until",
    ExpressionAttributeValues: { ":due": "due", ":until": until },
    Limit: limit,
  });
  const found: DueMessage[] = [];
  for await (const key of due) if (found.push(key) >= limit) break;
  return found.toSorted(byTime);
}

/** Asked for again each minute until its messages are made, which the asking does not harm. */
function takeUpBatch(
  { sendBatchWork, messages }: MessagesDeps,
  { pk, sk }: DueMessage,
): Promise<void> {
  const batchId = sk.slice(batchPrefix.length);
  const minute = Math.floor(messages.now() / 60_000);
  return sendBatchWork({ accountId: pk, batchId }, `${batchId}:${minute}`);
}

async function handOverInTime(deps: MessagesDeps, due: DueMessage[], until: number): Promise<void> {
  const { messages, sleep } = deps;
  const isOver = () => messages.now() > until;
  const handOver = createHandOver(deps);
  let early = await handOver(due, isOver);
  for (;;) {
    const [first] = early;
    if (!first || first.dueAt > until || isOver()) return;
    await sleep(Math.max(first.dueAt - messages.now(), pauseMs));
    early = await handOver(early, isOver);
  }
}
