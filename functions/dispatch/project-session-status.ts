import type { EventOf } from "#shared/contracts/event.ts";
import type { SessionState } from "#shared/contracts/session-status.ts";
import { parseCursor, sortableCursor } from "#shared/cursor.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { changeSession } from "./change-session.ts";
import type { Projected } from "./change-session.ts";
import { toUpdate } from "#functions/store/to-update.ts";

/** While these last, the code that was shown stays. */
const codeStates: readonly SessionState[] = ["qr_ready", "pairing_code_ready"];

export function projectSessionStatus(
  { control }: DispatchDeps,
  event: EventOf<"session.status">,
): Promise<Projected> {
  const { name: pushName, ...data } = event.data;
  const change = toUpdate({
    ...data,
    pushName,
    lastStatusAt: event.at,
    statusCursor: sortableCursor(parseCursor(event.cursor)),
    lastStatusEvent: JSON.stringify(event),
    ...(!codeStates.includes(data.status) && { lastCodeEvent: null }),
  });
  return changeSession(control, event, change);
}
