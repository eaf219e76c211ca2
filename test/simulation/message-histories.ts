import type { EventOf } from "#shared/contracts/event.ts";
import type { MessageStatus } from "#shared/contracts/message-status.ts";
import type { Accepted } from "./accepted.ts";
import type { Outcome } from "./outcome.ts";
import type { LeftFrame } from "./wire-log.ts";

/** All that is known of one accepted message when a run is over. */
export type MessageHistory = {
  message: Accepted;
  /** For people: its id and what was told of it. */
  name: string;
  /** In the order of the log. */
  told: EventOf<"message.status">[];
  statuses: MessageStatus[];
  /** Without what former owners said who did not know of their successors, nor these of it. */
  ofOwners: MessageStatus[];
  /** How often its contact sees it. */
  seen: number;
  frames: LeftFrame[];
};

/** In the order of acceptance. */
export function messageHistories({ cluster, outgoing, log }: Outcome): MessageHistory[] {
  const told = new Map<string, EventOf<"message.status">[]>();
  for (const event of log.events) {
    if (event.type !== "message.status") continue;
    const { messageId } = event.data;
    const before = told.get(messageId);
    if (before) before.push(event);
    else told.set(messageId, [event]);
  }
  const seen = new Map<string, number>();
  for (const text of [...cluster.peer.screens.values()].flat()) {
    seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  return outgoing.accepted.map((message) => {
    const { messageId, whatsappId } = message;
    const ofMessage = told.get(messageId) ?? [];
    const statuses = ofMessage.map(({ data }) => data.status);
    return {
      message,
      name: `${whatsappId} (${statuses.join(", ")})`,
      told: ofMessage,
      statuses,
      ofOwners: ofMessage
        .filter((event) => !log.disowned.has(event))
        .map(({ data }) => data.status),
      seen: seen.get(messageId) ?? 0,
      frames: cluster.wire.framesOf(whatsappId),
    };
  });
}
