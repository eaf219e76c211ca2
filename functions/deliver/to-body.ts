import type { LoggedEvent } from "#shared/contracts/account-event.ts";

const limit = 256 * 1024;

/** An event as it is sent: itself. One beyond the limit goes without its data, and says so. */
export function toBody(event: LoggedEvent): string {
  const body = JSON.stringify(event);
  const bytes = Buffer.byteLength(body);
  if (bytes <= limit) return body;
  return JSON.stringify({ ...event, data: null, omitted: { reason: "too_large", bytes } });
}
