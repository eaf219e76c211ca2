import type { Caller } from "#functions/auth/caller.ts";
import type { HangUp } from "#functions/hang-up.ts";
import type { Push } from "#functions/push.ts";
import type { Table } from "#functions/store/items.ts";
import type { Logger } from "pino";

export type DispatchDeps = {
  control: Table;
  messages: Table;
  push: Push;
  hangUp: HangUp;
  isLive: (caller: Caller) => Promise<boolean>;
  log: Logger;
  retentionDays: number;
};
