import * as eventLog from "#functions/store/event-log.ts";
import type { AccountNotice } from "#shared/contracts/account-event.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { pushEvents } from "./push-events.ts";
import { wakeWebhooks } from "./wake-webhooks.ts";

const dayMs = 24 * 3_600_000;

/** An event of the account: into the account's log, and to everyone who follows the whole account. */
export async function dispatchNotice(deps: DispatchDeps, { event }: AccountNotice): Promise<void> {
  await eventLog.appendNotice(deps.messages, event, deps.eventRetentionDays * dayMs);
  const { accountId } = event;
  const events = [event];
  await wakeWebhooks(deps, { accountId, source: accountId, events });
  await pushEvents(deps, { accountId, events });
  await deps.feedSinks(events);
}
