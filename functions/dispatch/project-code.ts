import type { CodeEvent } from "#functions/store/sessions.ts";
import { parseCursor, sortableCursor } from "#shared/cursor.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { changeSession } from "./change-session.ts";
import type { Projected } from "./change-session.ts";
import { toUpdate } from "#functions/store/to-update.ts";

/** A code means that the session waits for a phone, whichever of the two events comes first. */
export function projectCode({ control }: DispatchDeps, event: CodeEvent): Promise<Projected> {
  const { attempt, pairingWindowEndsAt } = event.data;
  const change = toUpdate({
    status: event.type === "session.qr_code" ? "qr_ready" : "pairing_code_ready",
    attempt,
    pairingWindowEndsAt,
    lastStatusAt: event.at,
    statusCursor: sortableCursor(parseCursor(event.cursor)),
    lastCodeEvent: JSON.stringify(event),
  });
  return changeSession(control, event, change);
}
