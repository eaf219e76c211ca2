import { listPage } from "#functions/api/list-page.ts";
import type { Caller } from "#functions/auth/caller.ts";
import { implement } from "#functions/middleware/implement.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as batches from "#functions/store/batches.ts";
import { recipientStatuses } from "#shared/contracts/batch.ts";
import type { batchSchema, BatchState } from "#shared/contracts/batch.ts";
import { Fault } from "#shared/faults/fault.ts";
import { batchPrefix } from "#shared/items/batch-item.ts";
import type { BatchItem } from "#shared/items/batch-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import { batchRoutes } from "#shared/routes/batches.ts";
import type { z } from "zod";
import type { MessageDeps } from "./message-deps.ts";
import { toBatch } from "./to-batch.ts";

export const listBatches = implement(
  batchRoutes.listBatches,
  async ({ caller, query }, { messages }: MessageDeps) => {
    const listing = { partition: caller.accountId, prefix: batchPrefix, newestFirst: true };
    const isShown = (batch: BatchItem) => batches.isVisible(caller, batch);
    const { page, nextCursor } = await listPage(messages, { ...listing, isShown }, query);
    return { status: 200, body: { data: page.map(toBatch), nextCursor } };
  },
);

/** Counted from the messages themselves, half a read unit each: nothing is written to count. */
export const getBatch = implement(
  batchRoutes.getBatch,
  async ({ caller, params }, { messages }: MessageDeps) => {
    const batch = await batches.require(messages, caller, params.batchId);
    const { recipients } = await batches.findBody(messages, batch);
    const found = await batches.findMessages(messages, batch, recipients);
    const counts = Object.fromEntries(recipientStatuses.map((status) => [status, 0]));
    const failures = [];
    for (const [index, [to]] of recipients.entries()) {
      const message = found.get(index);
      const status = statusOf(batch, index, message);
      counts[status] = (counts[status] ?? 0) + 1;
      if (status !== "failed" || !message) continue;
      const { messageId, reason = null, detail = null } = message;
      failures.push({ index, to, messageId, reason, detail });
    }
    const body = { ...toBatch(batch), counts: counts as Counts, failures };
    return { status: 200, body };
  },
);

type Counts = Record<(typeof recipientStatuses)[number], number>;

function statusOf(
  { state, next }: BatchItem,
  index: number,
  message: MessageItem | undefined,
): keyof Counts {
  if (message) return message.reason === "cancelled" ? "cancelled" : message.status;
  if (index < next) return "removed";
  return state === "cancelled" ? "cancelled" : "queued";
}

export const pauseBatch = implement(
  batchRoutes.pauseBatch,
  ({ caller, params, requestId, attempt }, deps: MessageDeps) =>
    change(deps, { caller, ...params, requestId, once: attempt.seed }, "paused"),
);

export const resumeBatch = implement(
  batchRoutes.resumeBatch,
  async ({ caller, params, requestId, attempt }, deps: MessageDeps) => {
    const once = attempt.seed;
    const answer = await change(deps, { caller, ...params, requestId, once }, "running");
    const { total, queued, sendAt } = answer.body;
    const isDue = sendAt === null || Date.parse(sendAt) <= deps.now();
    const batch = { accountId: caller.accountId, batchId: params.batchId };
    if (queued < total && isDue) await deps.sendBatchWork(batch, `${params.batchId}:${once}`);
    return answer;
  },
);

export const cancelBatch = implement(
  batchRoutes.cancelBatch,
  ({ caller, params, requestId, attempt }, deps: MessageDeps) =>
    change(deps, { caller, ...params, requestId, once: attempt.seed }, "cancelled"),
);

type Changing = { caller: Caller; batchId: string; requestId: string; once: string };

/**
 * Into the item first, which says how things stand to the session's owners and to the making of messages:
 * of changes in the same instant the last one written counts. Then the session is told to look.
 */
async function change(
  deps: MessageDeps,
  { caller, batchId, requestId, once }: Changing,
  state: BatchState,
): Promise<{ status: 200; body: z.infer<typeof batchSchema> }> {
  const batch = await batches.require(deps.messages, caller, batchId);
  if (!(await batches.change(deps.messages, batch, state))) throw new Fault("batch_cancelled");
  const { sessionId, accountId, shard } = batch;
  const type = "batch.change.v1";
  const command = { type, sessionId, accountId, requestId, batchId } as const;
  await sendCommand(deps.commands, shard, command, once);
  return { status: 200, body: toBatch({ ...batch, state }) };
}
