import type { BatchStates } from "./batch-states.ts";
import type { NewChats } from "./new-chats.ts";
import type { OutboxMessage, Verdict } from "./outbox-message.ts";

/** The name under which messages wait that would start a chat. */
export const heldForNewChats = "new chats";

/** Whether a message may leave now: its batch may be paused or cancelled, its chat may have to wait. */
export async function judgeMessage(
  { batchId, to }: OutboxMessage,
  { batches, newChats }: { batches: BatchStates; newChats: NewChats },
): Promise<Verdict> {
  const state = batchId === undefined ? "running" : await batches.of(batchId);
  if (state === "cancelled") return { cancelled: true };
  if (state === "paused" && batchId !== undefined) return { go: false, until: batchId };
  return newChats.holds(to) ? { go: false, until: heldForNewChats } : { go: true };
}
