import { implement } from "#functions/middleware/implement.ts";
import * as erasures from "#functions/store/erasures.ts";
import * as sessionNames from "#functions/store/session-names.ts";
import * as sessions from "#functions/store/sessions.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import type { SessionDeps } from "./session-deps.ts";
import { unlinkSession } from "./unlink-session.ts";

/** Becomes invisible last: until then, a call that was cut short can be made again. */
export const deleteSession = implement(
  sessionRoutes.deleteSession,
  async ({ caller, params, requestId, attempt }, deps: SessionDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    await unlinkSession(deps, session, { forget: true, requestId, once: attempt.seed });
    await erasures.beginOfSession(deps.messages, session);
    await sessionNames.free(deps.control, session);
    await sessions.markDeleted(deps.control, session);
    return { status: 204, body: undefined };
  },
);
