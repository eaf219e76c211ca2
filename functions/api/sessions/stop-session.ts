import { implement } from "#functions/middleware/implement.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as sessions from "#functions/store/sessions.ts";
import * as wantedSessions from "#functions/store/wanted-sessions.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import type { SessionDeps } from "./session-deps.ts";

export const stopSession = implement(
  sessionRoutes.stopSession,
  async ({ caller, params, requestId, attempt }, deps: SessionDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    const { sessionId, accountId, shard } = session;
    await wantedSessions.remove(deps.fleet, session);
    const isOver = await sessions.endConnecting(deps.control, session);
    const status = isOver ? "inactive" : session.status;
    const command = { type: "session.stop.v1", sessionId, accountId, requestId } as const;
    await sendCommand(deps.commands, shard, command, attempt.seed);
    // Of a connect at the same time, the wish may have come after that, and the command before ours: it
    // must not come true with the next owner.
    await wantedSessions.remove(deps.fleet, session);
    const now = await sessions.require(deps.control, caller, sessionId);
    if (now.status === "connecting") await sessions.endConnecting(deps.control, now);
    return { status: 202, body: { status, retryIn: 1_000 } };
  },
);
