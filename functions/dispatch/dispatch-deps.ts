import type { Caller } from "#functions/auth/caller.ts";
import type { HangUp } from "#functions/hang-up.ts";
import type { Push } from "#functions/push.ts";
import type { SendWork } from "#functions/send-work.ts";
import type { Table } from "#functions/store/items.ts";
import type { Metrics } from "#shared/metrics/create-metrics.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import type { Logger } from "pino";
import type { TallyKeeper } from "./create-tally-keeper.ts";
import type { NoteChat } from "./create-note-chat.ts";
import type { RetentionOf } from "./create-retention-of.ts";

export type DispatchDeps = {
  control: Table;
  messages: Table;
  webhooks: Table;
  push: Push;
  hangUp: HangUp;
  isLive: (caller: Caller) => Promise<boolean>;
  noteChat: NoteChat;
  retentionOf: RetentionOf;
  sendWork: SendWork;
  metrics: Metrics;
  keepTallies: TallyKeeper;
  feedSinks: (events: LoggedEvent[]) => Promise<void>;
  log: Logger;
  eventRetentionDays: number;
};
