import { createApi } from "#functions/middleware/create-api.ts";
import type { ApiHandler } from "#functions/middleware/create-api.ts";
import type { RouteImplementation } from "#functions/middleware/implement.ts";
import type { sessionRoutes } from "#shared/routes/sessions.ts";
import { connectSession } from "./connect-session.ts";
import { createSession } from "./create-session.ts";
import { deleteSession } from "./delete-session.ts";
import { disconnectSession } from "./disconnect-session.ts";
import { exportSession } from "./export-session.ts";
import { getSessionQr } from "./get-session-qr.ts";
import { getSessionStatus } from "./get-session-status.ts";
import { getSession } from "./get-session.ts";
import { importSession } from "./import-session.ts";
import { listSessions } from "./list-sessions.ts";
import { reconnectSession } from "./reconnect-session.ts";
import { requestPairingCode } from "./request-pairing-code.ts";
import { restartSession } from "./restart-session.ts";
import type { SessionDeps } from "./session-deps.ts";
import { stopSession } from "./stop-session.ts";
import { updateSession } from "./update-session.ts";

const implementations = {
  createSession,
  listSessions,
  getSession,
  updateSession,
  deleteSession,
  connectSession,
  reconnectSession,
  requestPairingCode,
  disconnectSession,
  stopSession,
  restartSession,
  exportSession,
  importSession,
  getSessionStatus,
  getSessionQr,
} satisfies Record<keyof typeof sessionRoutes, RouteImplementation<SessionDeps>>;

export function createSessionsApi(deps: SessionDeps): ApiHandler {
  return createApi(implementations, deps);
}
