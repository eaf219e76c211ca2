import { implement } from "#functions/middleware/implement.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import { connect } from "./connect.ts";
import { parsePhone } from "./parse-phone.ts";
import type { SessionDeps } from "./session-deps.ts";

export const connectSession = implement(
  sessionRoutes.connectSession,
  ({ caller, params, body, requestId }, deps: SessionDeps) =>
    connect(deps, { caller, ...params, requestId, phone: parsePhone(body?.phone) }),
);
