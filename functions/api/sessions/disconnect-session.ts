import { implement } from "#functions/middleware/implement.ts";
import * as sessions from "#functions/store/sessions.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import type { SessionDeps } from "./session-deps.ts";
import { unlinkSession } from "./unlink-session.ts";

export const disconnectSession = implement(
  sessionRoutes.disconnectSession,
  async ({ caller, params, requestId, attempt }, deps: SessionDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    await unlinkSession(deps, session, { forget: false, requestId, once: attempt.seed });
    if (session.exportedBundle !== undefined) {
      await sessions.change(deps.control, session, { exportedBundle: null });
    }
    return { status: 202, body: { status: session.status, retryIn: 1_000 } };
  },
);
