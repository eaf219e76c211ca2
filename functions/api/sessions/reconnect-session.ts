import { implement } from "#functions/middleware/implement.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import { connect } from "./connect.ts";
import type { SessionDeps } from "./session-deps.ts";

export const reconnectSession = implement(
  sessionRoutes.reconnectSession,
  ({ caller, params, requestId }, deps: SessionDeps) =>
    connect(deps, { caller, ...params, requestId, phone: undefined }),
);
