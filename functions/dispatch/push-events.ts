import { closeSocket } from "#functions/close-sockets.ts";
import * as connections from "#functions/store/connections.ts";
import * as subscriptions from "#functions/store/subscriptions.ts";
import type { Subscription } from "#functions/store/subscriptions.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import pMap from "p-map";
import type { DispatchDeps } from "./dispatch-deps.ts";

const concurrency = 16;

/** To every follower, in order. Who cannot be reached has the log to catch up from. */
export async function pushEvents(
  deps: DispatchDeps,
  batch: { accountId: string; events: LoggedEvent[] },
): Promise<void> {
  const { accountId } = batch;
  const followers = await subscriptions.ofAccount(deps.control, accountId);
  await pMap(
    followers,
    async (follower) => {
      const events = batch.events.filter((event) => subscriptions.follows(follower, event));
      if (events.length === 0) return;
      try {
        if (await deps.isLive(follower.caller))
          await pushInOrder(deps, accountId, follower, events);
        else await closeSocket(deps, accountId, follower.connectionId);
      } catch (error) {
        const { connectionId } = follower;
        deps.log.warn({ err: error, connectionId, accountId }, "events could not be pushed");
      }
    },
    { concurrency },
  );
}

async function pushInOrder(
  { control, push }: DispatchDeps,
  accountId: string,
  { connectionId }: Subscription,
  events: LoggedEvent[],
): Promise<void> {
  for (const event of events) {
    if ((await push(connectionId, JSON.stringify(event))) === "sent") continue;
    await subscriptions.remove(control, accountId, connectionId);
    await connections.take(control, connectionId);
    return;
  }
}
