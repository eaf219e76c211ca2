import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import { heads, logStart } from "#functions/store/log-edges.ts";
import * as sessions from "#functions/store/sessions.ts";
import * as subscriptions from "#functions/store/subscriptions.ts";
import type { Subscription } from "#functions/store/subscriptions.ts";
import type { Positions, SocketNotice } from "#shared/contracts/socket.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { RequestFor } from "./parse-request.ts";
import { pushCurrentState } from "./push-current-state.ts";
import { replay } from "./replay.ts";
import type { SocketDeps } from "./socket-deps.ts";
import { findCaller } from "./socket-follower.ts";
import { sourcesOf } from "./sources-of.ts";

/**
 * Stores the subscription first and reads sessions and logs after that, as the dispatcher writes
 * those first and reads the subscriptions after that: nothing can fall between the two.
 */
export async function subscribe(
  deps: SocketDeps,
  connectionId: string,
  request: RequestFor<"subscribe">,
): Promise<void> {
  const caller = await findCaller(deps, connectionId);
  if (!caller) return;
  const subscription: Subscription = {
    connectionId,
    caller,
    sessions: await requireSessions(deps, caller, request.sessions),
    types: request.types,
    account: boundSession(caller) === undefined ? request.account : false,
    ...(request.after && { stream: true, counts: request.counts }),
  };
  await subscriptions.put(deps.control, caller.accountId, subscription);
  const own = await sessions.all(deps.control, caller);
  const sources = sourcesOf(caller, subscription, own);
  const starts = request.after && (await findStarts(deps, request, sources));
  const notice: SocketNotice = {
    type: "socket.subscribed",
    request: request.request,
    sessions: subscription.sessions ?? null,
    ...(starts && { cursors: { ...starts.live, ...starts.behind } }),
  };
  if ((await deps.push(connectionId, JSON.stringify(notice))) === "gone") return;
  await pushCurrentState(deps, own, subscription);
  if (starts) await replay(deps, subscription, starts.behind);
}

/** Where each source begins: some have something to be replayed, the others do not. */
async function findStarts(
  deps: SocketDeps,
  { after = {}, from = "now" }: RequestFor<"subscribe">,
  sources: string[],
): Promise<{ behind: Positions; live: Positions }> {
  const behind: Positions = {};
  for (const source of sources) {
    const start = after[source] ?? (from === "start" ? logStart : undefined);
    if (start !== undefined) behind[source] = start;
  }
  const others = sources.filter((source) => behind[source] === undefined);
  return { behind, live: await heads(deps.messages, others) };
}

/** The ids to follow, all of them the caller's; undefined means every session of the account. */
async function requireSessions(
  deps: SocketDeps,
  caller: Caller,
  asked: string[] | undefined,
): Promise<string[] | undefined> {
  const bound = boundSession(caller);
  const ids = asked ?? (bound === undefined ? undefined : [bound]);
  if (!ids) return undefined;
  const own = new Set((await sessions.all(deps.control, caller)).map((found) => found.sessionId));
  const foreign = ids.filter((id) => !own.has(id));
  if (foreign.length === 0) return ids;
  throw new Fault("not_found", {
    detail: "Some of these sessions do not exist in your account. Nothing was subscribed.",
    fields: foreign.map((id) => ({ path: "sessions", message: `${id} does not exist` })),
  });
}
