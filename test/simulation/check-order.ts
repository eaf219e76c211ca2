import type { MessageHistory } from "./message-histories.ts";
import type { Outcome } from "./outcome.ts";

/**
 * Those that were certainly sent were seen in the order in which they were accepted, but for those that
 * are let past: scheduled ones, and what has waited for a paused batch.
 */
export function checkOrder(
  { cluster, batches, violations }: Outcome,
  histories: MessageHistory[],
): void {
  const inLine = histories.filter(
    ({ message }) => message.sendAt === undefined && !batches.wasPaused(message.batchId),
  );
  for (const [contact, texts] of cluster.peer.screens) {
    const sent = inLine
      .filter(({ message, statuses }) => message.to === contact && statuses.includes("sent"))
      .filter(({ statuses }) => !statuses.includes("failed"))
      .map(({ message }) => message.messageId);
    const known = new Set(sent);
    const seen = texts.filter((text) => known.has(text));
    const wrong = sent.findIndex((text, index) => seen[index] !== text);
    if (wrong >= 0 && seen.length === sent.length) {
      violations.add("chat-order", `${contact} sees ${seen[wrong]} where ${sent[wrong]} belongs`);
    }
  }
}
