import { closeSocket } from "#functions/close-sockets.ts";
import { eventBody } from "#functions/event-body.ts";
import { frameBytes, pushStream } from "#functions/push-stream.ts";
import * as connections from "#functions/store/connections.ts";
import * as subscriptions from "#functions/store/subscriptions.ts";
import type { Subscription } from "#functions/store/subscriptions.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import pMap from "p-map";
import type { SocketNotice } from "#shared/contracts/socket.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { toCounts } from "./to-counts.ts";

const concurrency = 16;

/**
 * To every follower, in order. Who cannot be reached is closed, whatever the cause: the log is there
 * to catch up from, and a connection that has missed something looks like any other.
 */
export async function pushEvents(
  deps: DispatchDeps,
  batch: { accountId: string; events: LoggedEvent[] },
): Promise<void> {
  const { accountId } = batch;
  const sessionId = batch.events[0]?.sessionId ?? null;
  const added = toCounts(batch.events);
  const followers = await subscriptions.ofAccount(deps.control, accountId);
  await pMap(
    followers,
    async (follower) => {
      const { connectionId } = follower;
      const events = batch.events.filter((event) => subscriptions.follows(follower, event));
      const counts =
        follower.counts && subscriptions.followsSource(follower, sessionId) ? added : undefined;
      if (events.length === 0 && !counts) return;
      try {
        if (await deps.isLive(follower.caller))
          await push(deps, accountId, follower, { events, counts });
        else await closeSocket(deps, accountId, connectionId, "credential_ended");
      } catch (error) {
        deps.log.warn({ err: error, connectionId, accountId }, "events could not be pushed");
        await closeSocket(deps, accountId, connectionId, "fell_behind");
      }
    },
    { concurrency },
  );
}

async function push(
  deps: DispatchDeps,
  accountId: string,
  { connectionId, stream }: Subscription,
  { events, counts }: { events: LoggedEvent[]; counts: SocketNotice | undefined },
): Promise<void> {
  let result = stream
    ? await pushStream(deps.push, connectionId, { events, replay: false })
    : await pushEach(deps, connectionId, events);
  if (counts && result === "sent") result = await deps.push(connectionId, JSON.stringify(counts));
  if (result === "sent") return;
  await subscriptions.remove(deps.control, accountId, connectionId);
  await connections.take(deps.control, connectionId);
}

async function pushEach(
  deps: DispatchDeps,
  connectionId: string,
  events: LoggedEvent[],
): Promise<"sent" | "gone"> {
  for (const event of events) {
    if ((await deps.push(connectionId, eventBody(event, frameBytes))) === "gone") return "gone";
  }
  return "sent";
}
