import type { batchSchema } from "#shared/contracts/batch.ts";
import type { BatchItem } from "#shared/items/batch-item.ts";
import type { z } from "zod";

/** A batch as callers see it. */
export function toBatch(batch: BatchItem): z.infer<typeof batchSchema> {
  const { batchId: id, sessionId, state, total, next: queued, createdAt, sendAt = null } = batch;
  return { id, sessionId, state, total, queued, createdAt, sendAt };
}
