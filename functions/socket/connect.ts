import type { Caller } from "#functions/auth/caller.ts";
import { requireAccess } from "#functions/auth/require-access.ts";
import * as connections from "#functions/store/connections.ts";
import * as tickets from "#functions/store/tickets.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { SocketDeps } from "./socket-deps.ts";
import type { SocketEvent } from "./socket-event.ts";

/** Lets a client in by a ticket or by the same headers as HTTP. Nothing can be posted to it yet. */
export async function connect(deps: SocketDeps, event: SocketEvent): Promise<void> {
  const caller = await identify(deps, event);
  requireAccess(caller, { access: "scope", scope: "sessions:read" });
  await connections.put(deps.control, event.requestContext.connectionId, caller);
}

async function identify(deps: SocketDeps, event: SocketEvent): Promise<Caller> {
  const ticket = event.queryStringParameters?.["ticket"];
  if (ticket === undefined) return deps.authenticate(lowerCaseNames(event.headers ?? {}));
  const caller = await tickets.redeem(deps.control, ticket);
  if (caller) return caller;
  throw new Fault("ticket_invalid");
}

/** Unlike the HTTP API, the WebSocket API passes header names as the client wrote them. */
function lowerCaseNames(
  headers: Record<string, string | undefined>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
