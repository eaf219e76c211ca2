import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import { toQueueText } from "#shared/queue-text.ts";

/** An event as it is sent: itself. One beyond the limit goes without its data, and says so. */
export function eventBody(event: LoggedEvent, maxBytes: number): string {
  const body = toQueueText(event);
  const bytes = Buffer.byteLength(body);
  if (bytes <= maxBytes) return body;
  return JSON.stringify({ ...event, data: null, omitted: { reason: "too_large", bytes } });
}
