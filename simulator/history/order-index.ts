type Sent = { author: string; chat: string; sequence: number };

const offendersKept = 100;

/**
 * Watches that every device confirms a chat's messages of one author in the order in which the
 * author sent them. What was asked for again may come late.
 */
export const makeOrderIndex = (limit: number) => {
  const sent = new Map<string, Sent>();
  const latest = new Map<string, number>();
  const confirmed = new Map<string, number>();
  const retried = new Set<string>();
  const outOfOrder: string[] = [];
  let sequence = 0;

  const trim = (collection: Map<string, unknown> | Set<string>): void => {
    if (collection.size <= limit) return;
    const [oldest] = collection.keys();
    if (oldest !== undefined) collection.delete(oldest);
  };

  return {
    observeMessage: (author: string, id: string, chat: string): void => {
      if (sent.has(id)) return;
      sequence += 1;
      sent.set(id, { author, chat, sequence });
      trim(sent);
    },
    observeReceipt: (receiver: string, ids: string[], type: string | undefined): void => {
      for (const id of ids) {
        const key = `${id} on ${receiver}`;
        if (type === "retry") {
          retried.add(key);
          trim(retried);
        }
        const message = sent.get(id);
        if (!message || (type !== undefined && !deliveries.has(type))) continue;
        confirmed.set(key, (confirmed.get(key) ?? 0) + 1);
        trim(confirmed);
        if (retried.has(key) || confirmed.get(key) !== 1) continue;
        const chat = `${receiver} ${message.author} ${message.chat}`;
        const before = latest.get(chat) ?? 0;
        if (message.sequence < before && outOfOrder.length < offendersKept)
          outOfOrder.push(`${id} by ${message.author} to ${message.chat}, on ${receiver}`);
        latest.set(chat, Math.max(before, message.sequence));
        trim(latest);
      }
    },
    outOfOrder: (): string[] => [...outOfOrder],
    /** Messages that a device confirmed as delivered more than once. */
    confirmedTwice: (): string[] =>
      [...confirmed]
        .filter(([, times]) => times > 1)
        .map(([key, times]) => `${key}: ${times} times`),
    clear: (): void => {
      for (const collection of [sent, latest, confirmed, retried]) collection.clear();
      outOfOrder.length = 0;
    },
  };
};

/** Receipts that say a device has got a message, besides those without a type. */
const deliveries = new Set(["inactive", "sender", "peer_msg"]);
