import type { EventDraft, EventOf } from "#shared/contracts/event.ts";
import type { SessionReason, SessionState } from "#shared/contracts/session-status.ts";
import type { Identity } from "../whatsapp/identity.ts";
import type { Pairing } from "./pairing.ts";

export type StatusReport = {
  status: SessionState;
  reason?: SessionReason;
  detail?: string;
};

/** After these, connecting again with the same phone cannot help. */
const hopeless: readonly SessionReason[] = ["account_locked", "client_outdated"];

const connected: readonly SessionState[] = ["connecting", "active", "reconnecting"];

export function toStatusEvent(
  report: StatusReport,
  identity: Identity | undefined,
  pairing: Pairing | undefined,
): EventDraft {
  const { status, reason = null, detail = null } = report;
  const canReconnect =
    !connected.includes(status) && !(reason !== null && hopeless.includes(reason));
  // Stopped or unlinked in its midst, linking is over.
  const shown = status === "inactive" ? undefined : pairing;
  return {
    type: "session.status",
    data: {
      status,
      reason,
      detail,
      canReconnect,
      phone: identity?.phone ?? null,
      lid: identity?.lid ?? null,
      name: identity?.name ?? null,
      attempt: shown?.attempt ?? 0,
      pairingWindowEndsAt: shown ? new Date(shown.endsAt).toISOString() : null,
    },
  };
}

export function toPairingCodeEvent(code: string, phone: string, pairing: Pairing): EventDraft {
  const data: EventOf<"session.pairing_code">["data"] = {
    code: `${code.slice(0, 4)}-${code.slice(4)}`,
    phone: `+${phone}`,
    attempt: pairing.attempt,
    maxAttempts: pairing.maxAttempts,
    expiresAt: new Date(pairing.typedCodeExpiresAt()).toISOString(),
    pairingWindowEndsAt: new Date(pairing.endsAt).toISOString(),
  };
  return { type: "session.pairing_code", data };
}

export function toQrEvent(qr: string, pairing: Pairing): EventDraft {
  const data: EventOf<"session.qr_code">["data"] = {
    qr,
    attempt: pairing.attempt,
    maxAttempts: pairing.maxAttempts,
    expiresAt: new Date(pairing.codeExpiresAt()).toISOString(),
    pairingWindowEndsAt: new Date(pairing.endsAt).toISOString(),
  };
  return { type: "session.qr_code", data };
}
