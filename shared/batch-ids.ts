import { createHash } from "node:crypto";
import type { BatchItem, BatchRecipient } from "./items/batch-item.ts";
import { mintMessageIds } from "./message-id.ts";
import type { MessageIds } from "./message-id.ts";

/** Should an id be taken by a message that is not of the batch, the next one is tried. */
export const batchMintings = 4;

/**
 * The ids of a batch's messages, in the order of its recipients. Those of one chat rise in that order,
 * as ids of messages do that are accepted one after the other.
 */
export function batchMessageIds(
  { batchId, sessionId, createdAt, sendAt }: BatchItem,
  recipients: BatchRecipient[],
  minting = 0,
): MessageIds[] {
  const start = Math.max(Date.parse(createdAt), sendAt === undefined ? 0 : Date.parse(sendAt));
  const first = createHash("sha256").update(`${batchId} ${minting}`).digest().readUIntBE(0, 3);
  const times = new Map<string, number>();
  return recipients.map(([to], index) => {
    const time = times.get(to) ?? start;
    times.set(to, time + 1);
    return mintMessageIds(sessionId, time, first + index);
  });
}

/** What a batch's message says of who made it. */
export function madeByBatch(batchId: string, index: number): string {
  return `${batchId}:${index}`;
}
