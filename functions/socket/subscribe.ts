import { boundSession } from "#functions/auth/caller.ts";
import { closeSocket } from "#functions/close-sockets.ts";
import { isLive } from "#functions/auth/is-live.ts";
import type { Caller } from "#functions/auth/caller.ts";
import * as connections from "#functions/store/connections.ts";
import * as sessions from "#functions/store/sessions.ts";
import * as subscriptions from "#functions/store/subscriptions.ts";
import type { SocketNotice } from "#shared/contracts/socket.ts";
import { Fault } from "#shared/faults/fault.ts";
import { parseRequest } from "./parse-request.ts";
import { pushCurrentState } from "./push-current-state.ts";
import type { SocketDeps } from "./socket-deps.ts";
import type { SocketEvent } from "./socket-event.ts";

/**
 * Stores the subscription first and reads the sessions after that, as the dispatcher changes a
 * session first and reads the subscriptions after that: no change can fall between the two.
 */
export async function subscribe(deps: SocketDeps, event: SocketEvent): Promise<void> {
  const { connectionId } = event.requestContext;
  const request = parseRequest(event.body);
  const connection = await connections.find(deps.control, connectionId);
  if (!connection) throw new Fault("unauthenticated", { detail: "Connect again." });
  const { caller } = connection;
  if (!(await isLive(deps.control, caller))) {
    await closeSocket(deps, caller.accountId, connectionId);
    return;
  }
  const asked = await requireSessions(deps, caller, request.sessions);
  await subscriptions.put(deps.control, caller.accountId, {
    connectionId,
    caller,
    sessions: asked,
    types: request.types,
  });
  const notice: SocketNotice = { type: "socket.subscribed", sessions: asked ?? null };
  await deps.push(connectionId, JSON.stringify(notice));
  await pushCurrentState(deps, caller, {
    connectionId,
    caller,
    sessions: asked,
    types: request.types,
  });
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
