import type { BatchChange } from "./batches.ts";
import type { MessageHistory } from "./message-histories.ts";
import type { Outcome } from "./outcome.ts";
import { isTooLate } from "./wire-log.ts";

/** Once a worker has heard that a batch is paused or cancelled, nothing of it leaves. */
export function checkBatches({ batches, violations }: Outcome, histories: MessageHistory[]): void {
  for (const { message, name, frames } of histories) {
    const changes = batches.changesOf(message.batchId);
    for (const [index, { state, handledAt }] of changes.entries()) {
      if (state === "running") continue;
      const until = endOf(changes.slice(index + 1));
      const wrong = frames.find((frame) => isTooLate(frame, handledAt) && frame.at < until);
      if (!wrong) continue;
      const detail = `${name} left ${wrong.at - handledAt} ms after its batch was ${state}`;
      violations.add("batch-held", detail);
    }
  }
}

/** When what is held may leave again. */
function endOf(later: BatchChange[]): number {
  return later.find(({ state }) => state === "running")?.at ?? Number.POSITIVE_INFINITY;
}
