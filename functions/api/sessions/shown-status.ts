import type { SessionItem } from "#functions/store/sessions.ts";

/** A worker that starts from nothing takes up to two minutes; nobody waits for ever. */
const connectingMs = 3 * 60_000;

type ShownStatus = Pick<SessionItem, "status" | "reason" | "detail" | "canReconnect">;

/** The status as callers see it: asked to connect and heard of no more, it has failed. */
export function shownStatus(session: SessionItem, now: number): ShownStatus {
  const { status, reason, detail, canReconnect } = session;
  if (status !== "connecting" || now - Date.parse(session.lastStatusAt) < connectingMs) {
    return {
      status,
      canReconnect,
      ...(reason !== undefined && { reason }),
      ...(detail !== undefined && { detail }),
    };
  }
  return {
    status: "error",
    reason: "no_worker",
    detail: "No worker has taken the session up: see that the fleet runs, then connect again.",
    canReconnect: true,
  };
}
