import type { Contact } from "#shared/address.ts";
import type { WafleetEvent } from "#shared/contracts/event.ts";

const nobody: Contact = { id: "", phone: null, lid: null };

/** The event in its place, as one that tells nothing of what was said, nor by whom or to whom. */
export function redactEvent(event: WafleetEvent): WafleetEvent {
  const people = { chat: nobody, from: nobody };
  switch (event.type) {
    case "message.received": {
      const content = { type: "unavailable" as const, unavailable: { reason: "erased" as const } };
      return { ...event, data: { ...event.data, ...people, pushName: null, content } };
    }
    case "message.status": {
      const { recipient: _, ...data } = event.data;
      return { ...event, data: { ...data, to: "", detail: null } };
    }
    case "message.edited":
      return { ...event, data: { ...event.data, ...people, body: "" } };
    case "message.deleted":
      return { ...event, data: { ...event.data, ...people } };
    case "message.reaction":
      return { ...event, data: { ...event.data, ...people, emoji: null } };
    case "poll.vote":
      return { ...event, data: { ...event.data, ...people, options: null } };
    default:
      return event;
  }
}
