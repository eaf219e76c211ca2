import type { Caller } from "#functions/auth/caller.ts";
import { isLive } from "#functions/auth/is-live.ts";
import { requireAccess } from "#functions/auth/require-access.ts";
import * as connections from "#functions/store/connections.ts";
import * as subscriptions from "#functions/store/subscriptions.ts";
import * as tickets from "#functions/store/tickets.ts";
import { eventRoutes } from "#shared/routes/events.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { SocketDeps } from "./socket-deps.ts";
import type { SocketEvent } from "./socket-event.ts";

/** Lets a client in by a ticket or by the same headers as HTTP. Nothing can be posted to it yet. */
export async function connect(deps: SocketDeps, event: SocketEvent): Promise<void> {
  const caller = await identify(deps, event);
  // The same rule for every way to the events: they carry what people wrote.
  requireAccess(caller, eventRoutes.createTicket.auth);
  const { control } = deps;
  const { connectionId } = event.requestContext;
  const { accountId } = caller;
  await connections.put(control, connectionId, caller);
  // Follows nothing yet, and is there to be found by whoever ends the credential.
  await subscriptions.put(control, accountId, { connectionId, caller, types: [] });
  const refusal = await findRefusal(deps, caller);
  if (!refusal) return;
  await subscriptions.remove(control, accountId, connectionId);
  await connections.take(control, connectionId);
  throw refusal;
}

/** Counts after the connection was noted, so that of many who come at once none slips past. */
async function findRefusal(deps: SocketDeps, caller: Caller): Promise<Fault | undefined> {
  const { control, connectionLimit } = deps;
  if (!(await isLive(control, caller))) return new Fault("unauthenticated");
  const { length } = await subscriptions.ofAccount(control, caller.accountId);
  return length > connectionLimit ? new Fault("connection_limit_reached") : undefined;
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
