import * as items from "#functions/store/items.ts";
import { sessionKey } from "#functions/store/sessions.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { parseCursor, sortableCursor } from "#shared/cursor.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { newerEvent } from "./newer-event.ts";
import { toUpdate } from "./to-update.ts";

/** A code means that the session waits to be scanned, whichever of the two events comes first. */
export async function projectQrCode(
  { control }: DispatchDeps,
  event: EventOf<"session.qr_code">,
): Promise<void> {
  const { attempt, pairingWindowEndsAt } = event.data;
  const change = toUpdate({
    status: "qr_ready",
    attempt,
    pairingWindowEndsAt,
    lastStatusAt: event.at,
    statusCursor: sortableCursor(parseCursor(event.cursor)),
    lastQrEvent: JSON.stringify(event),
  });
  await items.update(
    control,
    sessionKey(event.accountId, event.sessionId),
    newerEvent(change, event),
  );
}
