import type { Caller } from "#functions/auth/caller.ts";
import type { ClosingReason, HangUp } from "#functions/hang-up.ts";
import * as connections from "#functions/store/connections.ts";
import type { Table } from "#functions/store/items.ts";
import * as subscriptions from "#functions/store/subscriptions.ts";
import pMap from "p-map";
import type { Logger } from "pino";

export type SocketCloser = { control: Table; hangUp: HangUp; log: Logger };

const concurrency = 8;

/**
 * Closes an account's WebSockets whose caller is meant. To be called once the credential has ended: a
 * socket that opens meanwhile looks at its credential after it has been noted here.
 */
export async function closeSockets(
  deps: SocketCloser,
  accountId: string,
  isMeant: (caller: Caller) => boolean,
): Promise<void> {
  const all = await subscriptions.ofAccount(deps.control, accountId);
  const meant = all.filter(({ caller }) => isMeant(caller));
  await pMap(
    meant,
    ({ connectionId }) => closeSocket(deps, accountId, connectionId, "credential_ended"),
    { concurrency },
  );
}

/** Forgets it first: from then on nothing is pushed to it, whether it can be closed now or not. */
export async function closeSocket(
  { control, hangUp, log }: SocketCloser,
  accountId: string,
  connectionId: string,
  reason: ClosingReason,
): Promise<void> {
  await subscriptions.remove(control, accountId, connectionId);
  await connections.take(control, connectionId);
  await hangUp(connectionId, reason).catch((error: unknown) =>
    log.warn({ err: error, connectionId, accountId }, "a socket could not be closed"),
  );
}
