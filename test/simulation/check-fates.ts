// That each message is told one fate, and the true one.
import type { MessageStatus } from "#shared/contracts/message-status.ts";
import type { MessageHistory } from "./message-histories.ts";
import type { Outcome } from "./outcome.ts";

/** What only the runner can say; receipts tell the rest. */
const fates: readonly MessageStatus[] = ["sent", "failed", "unknown"];

export function checkFates({ cluster, violations }: Outcome, histories: MessageHistory[]): void {
  for (const { message, name, statuses, ofOwners, seen } of histories) {
    if (seen > 1) violations.add("delivered-once", `${name} was seen ${seen} times`);
    if (statuses.includes("sent") && seen === 0) {
      violations.add("delivered-once", `${name} was never seen`);
    }
    if (statuses.includes("failed") && seen > 0) violations.add("failed-honestly", name);
    if (!isOneFate(ofOwners)) violations.add("told-once", name);
    if (cluster.peer.acknowledged.has(message.whatsappId) && !statuses.includes("delivered")) {
      violations.add("before-receipt", `the receipt of ${name} has no event`);
    }
  }
}

/** Where it was unknown it may turn out to have been sent; nothing else is told after a fate. */
function isOneFate(statuses: MessageStatus[]): boolean {
  const told = statuses.filter((status) => fates.includes(status));
  return told.length <= 1 || told.join() === "unknown,sent";
}
