import type { EventOf } from "#client/events/event.ts";
import { keptAddress } from "../../live/contact-names.ts";
import { useLiveNews } from "../../live/live-provider.tsx";

export type Call = EventOf<"call.received">;

/** Calls of this chat since the page was opened, oldest first: they are events, and no messages. */
export function useCalls(chat: string): Call[] {
  const { events } = useLiveNews();
  return events
    .filter((event): event is Call => event.type === "call.received")
    .filter(({ data: { from, group } }) => (group ?? keptAddress(from)) === chat)
    .toReversed();
}
