// What must hold when a run has come to rest.
import { queues } from "#shared/resources/queues.ts";
import { checkBatches } from "./check-batches.ts";
import { checkCancellations } from "./check-cancellations.ts";
import { checkEvents } from "./check-events.ts";
import { checkExpiry } from "./check-expiry.ts";
import { checkFates } from "./check-fates.ts";
import { checkOrder } from "./check-order.ts";
import { messageHistories } from "./message-histories.ts";
import type { Outcome } from "./outcome.ts";

/** Checks what a run has left behind against the laws. */
export function checkOutcome(outcome: Outcome): void {
  const { cluster, violations } = outcome;
  const histories = messageHistories(outcome);
  checkFates(outcome, histories);
  checkExpiry(outcome, histories);
  checkCancellations(outcome, histories);
  checkBatches(outcome, histories);
  checkOrder(outcome, histories);
  checkEvents(outcome);
  for (const queue of cluster.commands) {
    if (queue.mostReceives > queues.commands.maxReceiveCount) {
      violations.add("everything-ends", `a command came ${queue.mostReceives} times`);
    }
  }
}
