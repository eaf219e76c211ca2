import { implement } from "#functions/middleware/implement.ts";
import * as sessions from "#functions/store/sessions.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import type { SessionDeps } from "./session-deps.ts";

export const getSessionStatus = implement(
  sessionRoutes.getSessionStatus,
  async ({ caller, params }, { control, now }: SessionDeps) => {
    const session = await sessions.require(control, caller, params.sessionId);
    const { status, canReconnect, attempt, lastStatusAt } = session;
    return {
      status: 200,
      body: {
        status,
        isConnected: status === "active",
        hasQrCode: sessions.currentQr(session, now()) !== undefined,
        canReconnect,
        reason: session.reason ?? null,
        detail: session.detail ?? null,
        phone: session.phone ?? null,
        name: session.pushName ?? null,
        attempt,
        pairingWindowEndsAt: session.pairingWindowEndsAt ?? null,
        lastStatusAt,
      },
    };
  },
);
