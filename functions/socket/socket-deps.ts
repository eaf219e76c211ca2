import type { Authenticate } from "#functions/auth/authenticate.ts";
import type { RateLimits } from "#functions/middleware/rate-limits.ts";
import type { HangUp } from "#functions/hang-up.ts";
import type { Push } from "#functions/push.ts";
import type { Table } from "#functions/store/items.ts";
import type { Logger } from "pino";

export type SocketDeps = {
  control: Table;
  messages: Table;
  authenticate: Authenticate;
  push: Push;
  hangUp: HangUp;
  log: Logger;
  now: () => number;
  eventRetentionDays: number;
  /** Connections of an account. */
  connectionLimit: number;
  rateLimits: RateLimits;
};
