import * as eventLog from "#functions/store/event-log.ts";
import * as edges from "#functions/store/log-edges.ts";
import { wants } from "#functions/store/subscriptions.ts";
import type { Subscription } from "#functions/store/subscriptions.ts";
import { pushStream } from "#functions/push-stream.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import type { Positions, SocketNotice } from "#shared/contracts/socket.ts";
import type { SocketDeps } from "./socket-deps.ts";

/** What one request may replay. The client asks for the rest when it has come so far. */
const mostEvents = 1_000;
const mostMs = 8_000;
const pageSize = 50;
const dayMs = 24 * 3_600_000;

type Budget = { events: number; endsAt: number };

/** Sends what the log holds after each position, in order, and says how far that went. */
export async function replay(
  deps: SocketDeps,
  subscription: Subscription,
  positions: Positions,
): Promise<void> {
  const budget = { events: mostEvents, endsAt: deps.now() + mostMs };
  for (const [source, after] of Object.entries(positions)) {
    if ((await replaySource(deps, subscription, { source, after, budget })) === "gone") return;
  }
}

type Place = { source: string; after: string; budget: Budget };

async function replaySource(
  deps: SocketDeps,
  subscription: Subscription,
  { source, after, budget }: Place,
): Promise<"sent" | "gone"> {
  const { connectionId } = subscription;
  const tell = (notice: SocketNotice) => deps.push(connectionId, JSON.stringify(notice));
  const isSpent = () => budget.events <= 0 || deps.now() > budget.endsAt;
  if (isSpent()) return tell({ type: "socket.more", source, cursor: after });

  const recovery = await edges.recovery(deps.messages, {
    source,
    after,
    accountId: subscription.caller.accountId,
    retentionMs: deps.eventRetentionDays * dayMs,
  });
  if ((await tell({ type: "socket.resumed", source, ...recovery })) === "gone") return "gone";

  let cursor = after;
  let page: LoggedEvent[] = [];
  const flush = async () => {
    const events = page;
    page = [];
    return pushStream(deps.push, connectionId, { events, replay: true });
  };
  for await (const event of eventLog.anyAfter(deps.messages, source, after)) {
    cursor = event.cursor;
    budget.events -= 1;
    if (wants(subscription, event)) page.push(event);
    if (page.length >= pageSize && (await flush()) === "gone") return "gone";
    if (!isSpent()) continue;
    if ((await flush()) === "gone") return "gone";
    return tell({ type: "socket.more", source, cursor });
  }
  if ((await flush()) === "gone") return "gone";
  return tell({ type: "socket.caught_up", source, cursor });
}
