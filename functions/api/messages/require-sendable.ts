import type { SessionItem } from "#functions/store/sessions.ts";
import { waitingStates } from "#shared/contracts/session-status.ts";
import { Fault } from "#shared/faults/fault.ts";

/** Whether a message would leave soon. */
export function canSendSoon({ status }: SessionItem): boolean {
  return status === "active" || waitingStates.includes(status);
}

/** @throws {Fault} unless it can be sent soon, or the caller is willing to wait */
export function requireSendable(
  session: SessionItem,
  {
    queueWhenOffline = false,
    sendAt,
  }: { queueWhenOffline?: boolean | undefined; sendAt?: unknown },
): void {
  if (canSendSoon(session) || queueWhenOffline || sendAt !== undefined) return;
  throw new Fault("session_not_connected", { extra: { sessionStatus: session.status } });
}
