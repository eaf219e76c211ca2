import { closeSocket } from "#functions/close-sockets.ts";
import { isLive } from "#functions/auth/is-live.ts";
import type { Caller } from "#functions/auth/caller.ts";
import * as connections from "#functions/store/connections.ts";
import * as subscriptions from "#functions/store/subscriptions.ts";
import type { Subscription } from "#functions/store/subscriptions.ts";
import { Fault } from "#shared/faults/fault.ts";
import type { SocketDeps } from "./socket-deps.ts";

/**
 * Who is at the other end of a connection. Undefined when its credential has ended: it is closed.
 * @throws {Fault} `unauthenticated` when the connection is not known any more
 */
export async function findCaller(
  deps: SocketDeps,
  connectionId: string,
): Promise<Caller | undefined> {
  const connection = await connections.find(deps.control, connectionId);
  if (!connection) throw new Fault("unauthenticated", { detail: "Connect again." });
  const { caller } = connection;
  await limitRate(deps, caller);
  if (await isLive(deps.control, caller)) return caller;
  await closeSocket(deps, caller.accountId, connectionId, "credential_ended");
  return undefined;
}

/** Requests over a socket count like those over HTTP. */
async function limitRate({ rateLimits }: SocketDeps, { accountId }: Caller): Promise<void> {
  const standing = await rateLimits("account", accountId);
  if (!standing || standing.allowed) return;
  const { limit, resetSeconds } = standing;
  const detail = `${limit} requests a minute are allowed. Try again in ${resetSeconds} seconds.`;
  throw new Fault("rate_limited", { detail, extra: { retryAfter: resetSeconds } });
}

/** @throws {Fault} `not_subscribed` unless the connection follows a stream */
export async function requireStream(
  deps: SocketDeps,
  caller: Caller,
  connectionId: string,
): Promise<Subscription> {
  const found = await subscriptions.find(deps.control, caller.accountId, connectionId);
  if (found?.stream) return found;
  throw new Fault("not_subscribed");
}
