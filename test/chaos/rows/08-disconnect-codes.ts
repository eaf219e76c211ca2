import pMap from "p-map";
import type { SessionReason, SessionState } from "#shared/contracts/session-status.ts";
import type { Row } from "../row.ts";
import { isActive } from "../stage/session.ts";
import type { Session } from "../stage/session.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import type { Stage } from "../stage/stage.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome, waitUntil } from "../stage/wait-until.ts";

type Expected = { state: SessionState; reason: SessionReason | null };

const back: Expected = { state: "active", reason: null };
const error = (reason: SessionReason): Expected => ({ state: "error", reason });

/** The table of docs/reactions.md: where a linked session ends after one such code. */
const table: [code: number, expected: Expected][] = [
  [401, { state: "logged_out", reason: "unlinked_by_phone" }],
  [402, error("temporarily_banned")],
  [403, error("account_locked")],
  [405, error("client_outdated")],
  [406, error("account_locked")],
  [408, back],
  [409, error("client_outdated")],
  [411, error("multi_device_mismatch")],
  [428, back],
  [440, back],
  [500, back],
  [503, back],
  [515, back],
  [599, error("unknown")],
];

export const disconnectCodes: Row = {
  title: "every disconnect code, open and at login",
  async run(context) {
    const cases = table.filter(([code]) => !context.short || [401, 403, 440, 515].includes(code));
    await using fleet = await startSmallFleet(context, { sessions: 2 * cases.length });
    const { stage, sessions, traffic } = fleet;
    const failures = await pMap(
      cases,
      async ([code, expected], i) => {
        const open = sessions[2 * i];
        if (!open) return [];
        return verify(stage, open, `${code} while open`, expected, () =>
          stage.simulator.closeStream({ phone: open.phone.number }, { code }),
        );
      },
      { concurrency: 4 },
    );
    // Faults at login strike whoever comes next: one case at a time.
    const atLogin: string[][] = [];
    for (const [i, [code, expected]] of cases.entries()) {
      const session = sessions[2 * i + 1];
      if (!session) continue;
      const end = stage.simulator.faults.loginFailure(code, 1);
      const drop = () => stage.simulator.dropConnections({ phone: session.phone.number });
      atLogin.push(await verify(stage, session, `${code} at login`, expected, drop));
      end();
    }
    const verdict = await judge(stage, sessions, traffic.ledger);
    const notes = [`${cases.length} codes in two phases`];
    const all = [...failures, ...atLogin].flat();
    return { kills: 0, verdict, recoveries: [], notes, failures: all };
  },
};

/** The state, and whether connecting again needs no scan: credentials are kept but for 401. */
async function verify(
  stage: Stage,
  session: Session,
  what: string,
  { state, reason }: Expected,
  disturb: () => void,
): Promise<string[]> {
  const before = stage.events.statuses(session.sessionId).length;
  disturb();
  const now = () => stage.events.session(session.sessionId)?.data;
  const reached = await waitUntil(
    () =>
      stage.events.statuses(session.sessionId).length > before &&
      now()?.status === state &&
      now()?.reason === reason &&
      (state !== "active" || session.online()),
    30_000,
  );
  if (!reached) return [`${what}: ${now()?.status} ${now()?.reason}, not ${state} ${reason}`];
  if (state === "active") return [];
  const code = stage.events.qr(session.sessionId);
  await session.connect();
  const scanned = () => stage.events.qr(session.sessionId) !== code;
  await mustBecome(`${what}: connects again`, () => isActive(stage, session) || scanned(), 60_000);
  const kept = !scanned();
  return kept === (state !== "logged_out")
    ? []
    : [`${what}: credentials ${kept ? "" : "not "}kept`];
}
