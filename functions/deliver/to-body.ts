import { eventBody } from "#functions/event-body.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";

const limit = 256 * 1024;

/** An event as a webhook gets it. */
export function toBody(event: LoggedEvent): string {
  return eventBody(event, limit);
}
