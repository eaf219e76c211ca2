import { heads } from "#functions/store/log-edges.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SocketNotice } from "#shared/contracts/socket.ts";
import type { RequestFor } from "./parse-request.ts";
import type { SocketDeps } from "./socket-deps.ts";
import { findCaller, requireStream } from "./socket-follower.ts";
import { sourcesOf } from "./sources-of.ts";

/** Says how far each source has come, so that a client notices what it has missed. */
export async function heartbeat(
  deps: SocketDeps,
  connectionId: string,
  { request }: RequestFor<"heartbeat">,
): Promise<void> {
  const caller = await findCaller(deps, connectionId);
  if (!caller) return;
  const subscription = await requireStream(deps, caller, connectionId);
  const sources = sourcesOf(caller, subscription, await sessions.all(deps.control, caller));
  const notice: SocketNotice = {
    type: "socket.heartbeat",
    request,
    at: new Date(deps.now()).toISOString(),
    cursors: await heads(deps.messages, sources),
  };
  await deps.push(connectionId, JSON.stringify(notice));
}
