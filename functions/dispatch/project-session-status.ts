import * as items from "#functions/store/items.ts";
import { sessionKey } from "#functions/store/sessions.ts";
import type { EventOf } from "#shared/contracts/event.ts";
import { parseCursor, sortableCursor } from "#shared/cursor.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";
import { newerEvent } from "./newer-event.ts";
import { toUpdate } from "./to-update.ts";

export async function projectSessionStatus(
  { control }: DispatchDeps,
  event: EventOf<"session.status">,
): Promise<void> {
  const { name: pushName, ...data } = event.data;
  const change = toUpdate({
    ...data,
    pushName,
    lastStatusAt: event.at,
    statusCursor: sortableCursor(parseCursor(event.cursor)),
    lastStatusEvent: JSON.stringify(event),
    ...(data.status !== "qr_ready" && { lastQrEvent: null }),
  });
  await items.update(
    control,
    sessionKey(event.accountId, event.sessionId),
    newerEvent(change, event),
  );
}
