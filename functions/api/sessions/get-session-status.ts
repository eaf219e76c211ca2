import { implement } from "#functions/middleware/implement.ts";
import * as sessions from "#functions/store/sessions.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import type { SessionDeps } from "./session-deps.ts";
import { shownStatus } from "./shown-status.ts";

export const getSessionStatus = implement(
  sessionRoutes.getSessionStatus,
  async ({ caller, params }, { control, now }: SessionDeps) => {
    const session = await sessions.require(control, caller, params.sessionId);
    const { attempt, lastStatusAt } = session;
    const { status, canReconnect, reason = null, detail = null } = shownStatus(session, now());
    const code = sessions.currentCode(session, now());
    const { pacing, newChats } = sessions.settingsOf(session);
    return {
      status: 200,
      body: {
        status,
        isConnected: status === "active",
        hasQrCode: code?.type === "session.qr_code",
        hasPairingCode: code?.type === "session.pairing_code",
        canReconnect,
        reason,
        detail,
        phone: session.phone ?? null,
        name: session.pushName ?? null,
        attempt,
        maxAttempts: code?.data.maxAttempts ?? null,
        codeExpiresAt: code?.data.expiresAt ?? null,
        pairingWindowEndsAt: session.pairingWindowEndsAt ?? null,
        lastStatusAt,
        pacing,
        newChats,
        limit: session.limit ?? null,
      },
    };
  },
);
