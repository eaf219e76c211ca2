import { isActive } from "../../stage/session.ts";
import type { Session } from "../../stage/session.ts";
import type { Stage } from "../../stage/stage.ts";
import { mustBecome, waitUntil } from "../../stage/wait-until.ts";
import type { Expected } from "./table.ts";

export type Case = { what: string; expected: Expected; isLinked: boolean };

/**
 * Disturbs a session and looks where it ends, and whether connecting again needs no scan: linked,
 * it keeps its credentials unless it was logged out.
 */
export async function findBreach(
  stage: Stage,
  session: Session,
  { what, expected: { state, reason }, isLinked }: Case,
  disturb: () => void | Promise<void>,
): Promise<string[]> {
  const { events } = stage;
  const before = events.statuses(session.sessionId).length;
  await disturb();
  const now = () => events.session(session.sessionId)?.data;
  const isThere = () =>
    events.statuses(session.sessionId).length > before &&
    now()?.status === state &&
    now()?.reason === reason &&
    (state !== "active" || session.online());
  if (!(await waitUntil(isThere, 30_000))) {
    return [`${what}: ${now()?.status} ${now()?.reason}, not ${state} ${reason}`];
  }
  if (state === "active" || !isLinked) return [];
  const code = events.qr(session.sessionId);
  await session.connect();
  const isShown = () => events.qr(session.sessionId) !== code;
  await mustBecome(`${what}: connects again`, () => isActive(stage, session) || isShown(), 60_000);
  const isKept = !isShown();
  return isKept === (state !== "logged_out")
    ? []
    : [`${what}: credentials ${isKept ? "" : "not "}kept`];
}
