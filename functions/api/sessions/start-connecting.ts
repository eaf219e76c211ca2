import type { Caller } from "#functions/auth/caller.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import * as wantedSessions from "#functions/store/wanted-sessions.ts";
import { Fault } from "#shared/faults/fault.ts";
import { ulid } from "ulid";
import type { SessionDeps } from "./session-deps.ts";

/** Who asks within so long of another's asking waits for the same code. */
const joinMs = 10_000;

/** Where the session's status changes in the very instant of the asking, it is looked at again, so often. */
const looks = 10;

type Asking = {
  caller: Caller;
  sessionId: string;
  requestId: string;
  /** Digits of the phone that shall link by a code. */
  phone: string | undefined;
};

/**
 * Asks for the session's connection; gives the session as it was before. Repeatable: each call is a
 * new wish, for which the runner starts afresh. Of many calls at once, one asks.
 * @throws {Fault} when it is connected, its credentials are elsewhere, or its status does not keep still
 */
export async function startConnecting(deps: SessionDeps, asking: Asking): Promise<SessionItem> {
  const { caller, sessionId, phone } = asking;
  for (let look = 0; look < looks; look += 1) {
    const session = await sessions.require(deps.control, caller, sessionId);
    if (session.status === "active") throw new Fault("session_already_connected");
    requireCredentialsHere(session);
    if (isUnderWay(deps, session, phone)) return session;
    // Overtaken not only by another call, which is joined then, but also by an event: that connects nobody.
    if (!(await sessions.beginConnecting(deps.control, session, phone))) continue;
    await ask(deps, asking, session);
    return session;
  }
  throw new Fault("change_in_progress", { headers: { "retry-after": "1" } });
}

async function ask(
  deps: SessionDeps,
  { sessionId, requestId, phone }: Asking,
  session: SessionItem,
): Promise<void> {
  const { accountId, shard } = session;
  const settings = sessions.settingsOf(session);
  const wish = { connectId: ulid(deps.now()), settings, ...(phone !== undefined && { phone }) };
  await wantedSessions.put(deps.fleet, session, wish);
  await deps.wakeFleet();
  const command = { type: "session.connect.v1" as const, sessionId, accountId, requestId, ...wish };
  await sendCommand(deps.commands, shard, command, wish.connectId);
}

/** @throws {Fault} `session_exported` */
export function requireCredentialsHere({ exportedBundle }: SessionItem): void {
  if (exportedBundle === undefined) return;
  throw new Fault("session_exported", { extra: { bundleId: exportedBundle } });
}

function isUnderWay(deps: SessionDeps, session: SessionItem, phone: string | undefined): boolean {
  const since = deps.now() - Date.parse(session.lastStatusAt);
  return session.status === "connecting" && session.askedPhone === phone && since < joinMs;
}
