import type { WafleetEvent } from "./contracts/event.ts";

type Counted = {
  /** `direction.kind.status`; undefined when it is not counted. */
  name?: string;
  /** Of a file that was sent or received. */
  bytes?: { direction: "inbound" | "outbound"; count: number };
};

/** What an event counts as. `phone` is what the account's own phone sent. */
export function countedAs(event: WafleetEvent): Counted {
  switch (event.type) {
    case "message.received": {
      const { fromMe, content } = event.data;
      return { name: fromMe ? `phone.${content.type}.sent` : `inbound.${content.type}.received` };
    }
    case "message.status": {
      const { status, kind = "any", size, recipient } = event.data;
      // In a group each member has a status of its own; the message has one.
      if (recipient) return {};
      const bytes = { direction: "outbound", count: size ?? 0 } as const;
      return { name: `outbound.${kind}.${status}`, ...(status === "sent" && { bytes }) };
    }
    case "message.media": {
      const { status, size } = event.data;
      return status === "ready" ? { bytes: { direction: "inbound", count: size ?? 0 } } : {};
    }
    case "message.edited":
    case "message.deleted":
    case "message.reaction": {
      const direction = event.data.fromMe ? "phone" : "inbound";
      return { name: `${direction}.any.${event.type.slice("message.".length)}` };
    }
    default:
      return {};
  }
}
