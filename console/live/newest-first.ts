import type { Answer } from "#client/operation.ts";

type Message = Answer<"listMessages">["data"][number];

/**
 * WhatsApp says to the second when something was sent: of what came within one, the moment at which
 * it arrived here tells the order.
 */
export function newestFirst(a: Message, b: Message): number {
  return rankOf(a) < rankOf(b) ? 1 : -1;
}

function rankOf({ createdAt, direction, deliveredAt, id }: Message): string {
  const arrivedAt = direction === "inbound" ? (deliveredAt ?? "") : "";
  return `${createdAt} ${arrivedAt} ${id}`;
}
