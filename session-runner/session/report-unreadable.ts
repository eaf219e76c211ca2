import type { WafleetEvent } from "#shared/contracts/event.ts";
import { formatCursor } from "#shared/cursor.ts";
import { derivedId } from "#shared/ids.ts";
import type { SessionDeps, SessionIds } from "./deps.ts";
import { toStatusEvent } from "./status.ts";

/**
 * Says that a journal cannot be read. There is no claim, hence no epoch of our own: the event
 * stands at the end of the last known one, where a second report of the same is the same event.
 */
export async function reportUnreadable(
  { sender, now }: Pick<SessionDeps, "sender" | "now">,
  { sessionId, accountId }: SessionIds,
  failure: { message: string; lastEpoch: number },
): Promise<void> {
  const cursor = formatCursor({ epoch: failure.lastEpoch, seq: 999_999_999_999 });
  const at = now();
  const detail = `The stored credentials cannot be read (${failure.message}). They were left as they are.`;
  const draft = toStatusEvent(
    { status: "error", reason: "journal_unreadable", detail },
    undefined,
    undefined,
  );
  const id = derivedId("event", at, `${sessionId} ${cursor}`);
  const event: WafleetEvent = {
    ...draft,
    id,
    cursor,
    sessionId,
    accountId,
    at: new Date(at).toISOString(),
  };
  const batch = { type: "events.append.v1" as const, sessionId, accountId, events: [event] };
  await sender.send(batch, `${sessionId}:${cursor}`, () => false);
}
