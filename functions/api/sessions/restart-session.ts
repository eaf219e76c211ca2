import { implement } from "#functions/middleware/implement.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as sessions from "#functions/store/sessions.ts";
import * as wantedSessions from "#functions/store/wanted-sessions.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import { ulid } from "ulid";
import type { SessionDeps } from "./session-deps.ts";
import { requireCredentialsHere } from "./start-connecting.ts";

export const restartSession = implement(
  sessionRoutes.restartSession,
  async ({ caller, params, requestId }, deps: SessionDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    const { sessionId, accountId, shard, status } = session;
    requireCredentialsHere(session);
    const wish = { connectId: ulid(deps.now()), settings: sessions.settingsOf(session) };
    await wantedSessions.put(deps.fleet, session, wish);
    await deps.wakeFleet();
    const command = {
      type: "session.restart.v1" as const,
      sessionId,
      accountId,
      requestId,
      ...wish,
    };
    await sendCommand(deps.commands, shard, command, wish.connectId);
    return { status: 202, body: { status, retryIn: 3_000 } };
  },
);
