import type { LoggedEvent } from "#shared/contracts/account-event.ts";

/** Takes events in order; throws when it does not have all of them. */
export type Sink = (events: LoggedEvent[]) => Promise<void>;
