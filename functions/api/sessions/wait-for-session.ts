import type { Caller } from "#functions/auth/caller.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import type { SessionDeps } from "./session-deps.ts";

/** How long a call waits for news before it answers "ask again". */
const waitMs = 5_000;
const pollMs = 250;

/**
 * Watches the read model for what events make of a session; gives it as soon as `isDone`, else as it
 * is when the time is over.
 */
export async function waitForSession(
  deps: SessionDeps,
  caller: Caller,
  before: SessionItem,
  isDone: (session: SessionItem, isNews: boolean) => boolean,
): Promise<SessionItem> {
  const deadline = deps.now() + waitMs;
  for (;;) {
    const session = await sessions.require(deps.control, caller, before.sessionId);
    const isNews = (session.statusCursor ?? "") > (before.statusCursor ?? "");
    if (isDone(session, isNews) || deps.now() >= deadline) return session;
    await deps.sleep(pollMs);
  }
}
