import * as batches from "#functions/store/batches.ts";
import type { BatchWork } from "#shared/contracts/batch.ts";
import type { BatchDeps } from "./batch-deps.ts";
import { queueSlice } from "./queue-slice.ts";

/** Messages made before the batch notes how far it has come, and looks whether it was paused. */
const sliceSize = 100;

/**
 * Makes a batch's messages and queues them, in the order of its recipients. Cut short anywhere, the
 * next try goes on at the last slice: it makes the same messages under the same ids.
 */
export async function fanOut(
  deps: BatchDeps,
  { accountId, batchId }: BatchWork,
  sliceOf = sliceSize,
): Promise<void> {
  let body: batches.BatchBody | undefined;
  for (;;) {
    const batch = await batches.find(deps.messages, accountId, batchId);
    if (batch?.state !== "running" || batch.next >= batch.total) return;
    body ??= await batches.findBody(deps.messages, batch);
    const end = Math.min(batch.next + sliceOf, batch.total);
    await queueSlice(deps, batch, body, end);
    await batches.advance(deps.messages, batch, end);
  }
}
