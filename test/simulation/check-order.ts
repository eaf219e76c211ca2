import type { MessageHistory } from "./message-histories.ts";
import type { Outcome } from "./final-checks.ts";

/** Those that were certainly sent were seen in the order in which they were accepted. */
export function checkOrder({ cluster, violations }: Outcome, histories: MessageHistory[]): void {
  for (const [contact, texts] of cluster.peer.screens) {
    const sent = histories
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
