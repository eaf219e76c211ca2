import type { MessageHistory } from "./message-histories.ts";
import type { Outcome } from "./outcome.ts";

/** Nobody ever sees what was cancelled, and nobody is told that it might have been sent. */
export function checkCancellations({ violations }: Outcome, histories: MessageHistory[]): void {
  for (const { message, name, statuses, seen, frames } of histories) {
    if (!message.isCancelled) continue;
    if (seen > 0 || frames.length > 0) violations.add("cancelled", `${name} left all the same`);
    if (statuses.some((status) => status !== "failed")) {
      violations.add("cancelled", `${name} was told of what was cancelled`);
    }
  }
}
