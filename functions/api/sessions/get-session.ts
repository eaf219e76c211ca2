import { implement } from "#functions/middleware/implement.ts";
import * as sessions from "#functions/store/sessions.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import type { SessionDeps } from "./session-deps.ts";
import { toSession } from "./to-session.ts";

export const getSession = implement(
  sessionRoutes.getSession,
  async ({ caller, params }, { control, now }: SessionDeps) => ({
    status: 200,
    body: toSession(await sessions.require(control, caller, params.sessionId), now()),
  }),
);
