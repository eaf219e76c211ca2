import type { LoggedEvent } from "#shared/contracts/account-event.ts";

/** Takes events in order; throws when it does not have all of them. */
export type Sink = (events: LoggedEvent[]) => Promise<void>;

/** What EventBridge and SQS take of one event, with room for what is around it. */
export const sinkBytes = 200 * 1024;
