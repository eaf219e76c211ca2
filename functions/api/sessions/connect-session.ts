import { implement } from "#functions/middleware/implement.ts";
import type { RouteAnswer } from "#functions/middleware/implement.ts";
import type { Caller } from "#functions/auth/caller.ts";
import { sendCommand } from "#functions/send-command.ts";
import * as sessions from "#functions/store/sessions.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import * as wantedSessions from "#functions/store/wanted-sessions.ts";
import type { SessionState } from "#shared/contracts/session-status.ts";
import { Fault } from "#shared/faults/fault.ts";
import { sessionRoutes } from "#shared/routes/sessions.ts";
import { ulid } from "ulid";
import type { SessionDeps } from "./session-deps.ts";
import { toQrCode } from "./to-qr-code.ts";

/** How long the call waits for a code before it answers "ask again". */
const waitMs = 5_000;
const pollMs = 250;
const retryIn = 3_000;

const restingStates: readonly SessionState[] = ["inactive", "error", "logged_out"];

/** Repeatable: each call is a new wish, and the runner starts afresh for it. */
export const connectSession = implement(
  sessionRoutes.connectSession,
  async ({ caller, params, requestId }, deps: SessionDeps) => {
    const session = await sessions.require(deps.control, caller, params.sessionId);
    if (session.status === "active") throw new Fault("session_already_connected");
    const { sessionId, accountId, shard } = session;
    const connectId = ulid(deps.now());
    await wantedSessions.put(deps.fleet, session, connectId);
    const command = { sessionId, accountId, requestId, connectId };
    await sendCommand(deps.commands, shard, { type: "session.connect.v1", ...command }, connectId);
    if (restingStates.includes(session.status)) {
      await sessions.markConnecting(deps.control, session);
    }
    return waitForCode(deps, caller, session);
  },
);

type Answer = RouteAnswer<typeof sessionRoutes.connectSession>;

/** Watches the read model for what the events of this connection make of it. */
async function waitForCode(
  deps: SessionDeps,
  caller: Caller,
  before: SessionItem,
): Promise<Answer> {
  const deadline = deps.now() + waitMs;
  for (;;) {
    const session = await sessions.require(deps.control, caller, before.sessionId);
    const isNews = (session.statusCursor ?? "") > (before.statusCursor ?? "");
    const qr = isNews && session.lastQrEvent !== before.lastQrEvent;
    const event = qr ? sessions.currentQr(session, deps.now()) : undefined;
    if (event) return { status: 200, body: await toQrCode(event) };
    const isSettled = session.status === "active" || restingStates.includes(session.status);
    if ((isNews && isSettled) || deps.now() >= deadline) {
      return { status: 202, body: { status: session.status, retryIn } };
    }
    await deps.sleep(pollMs);
  }
}
