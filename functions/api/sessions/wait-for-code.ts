import type { Caller } from "#functions/auth/caller.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { CodeEvent, SessionItem } from "#functions/store/sessions.ts";
import type { SessionState } from "#shared/contracts/session-status.ts";
import type { SessionDeps } from "./session-deps.ts";
import { waitForSession } from "./wait-for-session.ts";

const restingStates: readonly SessionState[] = ["inactive", "error", "logged_out"];

const retryIn = 3_000;

type Outcome =
  | { code: CodeEvent }
  | { code: undefined; body: { status: SessionState; retryIn: number } };

/** Waits briefly for the code that a connect leads to. */
export async function waitForCode(
  deps: SessionDeps,
  caller: Caller,
  before: SessionItem,
): Promise<Outcome> {
  const codeOf = (session: SessionItem) =>
    session.lastCodeEvent === before.lastCodeEvent
      ? undefined
      : sessions.currentCode(session, deps.now());
  const session = await waitForSession(deps, caller, before, (found, isNews) => {
    const isSettled = found.status === "active" || restingStates.includes(found.status);
    return isNews && (isSettled || codeOf(found) !== undefined);
  });
  const code = codeOf(session);
  return code ? { code } : { code, body: { status: session.status, retryIn } };
}
