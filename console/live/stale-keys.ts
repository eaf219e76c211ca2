import type { WafleetEvent } from "#client/events/event.ts";

/** The queries (by the beginning of their keys) whose answers an event has changed. */
export function staleKeys({ type, sessionId }: WafleetEvent): string[][] {
  const [area] = type.split(".");
  if (area === "session") return [["sessions"], ["session", sessionId ?? ""]];
  if (area === "webhook") return [["webhooks"]];
  if (area === "contact" || area === "group") {
    return [
      ["chats", sessionId ?? ""],
      ["contacts", sessionId ?? ""],
    ];
  }
  return [["messages", sessionId ?? ""], ["batches"], ["deliveries"]];
}
