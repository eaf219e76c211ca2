import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "../../stage/session.ts";
import type { Stage } from "../../stage/stage.ts";
import { waitUntil } from "../../stage/wait-until.ts";
import { findBreach } from "./find-breach.ts";
import type { Expected } from "./table.ts";

/** The same code again and again, each time as soon as the session is back. */
export type Storm = { code: number; times: number; expected: Expected };

const back: Expected = { state: "active", reason: null };
const parked = (reason: "replaced_elsewhere" | "crash_loop"): Expected => ({
  state: "error",
  reason,
});

/** One login of the six a minute is spent when the session is linked, one when it comes back. */
const loginLimit = 6;

export const storms: Storm[] = [
  { code: 408, times: 3, expected: back },
  { code: 428, times: 3, expected: back },
  { code: 503, times: 3, expected: back },
  { code: 515, times: 3, expected: back },
  { code: 440, times: 2, expected: parked("replaced_elsewhere") },
  { code: 500, times: 5, expected: parked("crash_loop") },
];

export async function storm(
  stage: Stage,
  session: Session,
  { code, times, expected }: Storm,
): Promise<string[]> {
  const what = `${times} times ${code}`;
  const close = () => stage.simulator.closeStream({ phone: session.phone.number }, { code });
  for (let i = 1; i < times; i += 1) {
    close();
    await waitUntil(() => !session.online(), 5_000);
    if (!(await waitUntil(() => session.online(), 70_000))) return [`${what}: not back`];
    // Logged in is not yet open: what comes earlier would be another phase.
    await sleep(300);
  }
  const found = await findBreach(stage, session, { what, expected, isLinked: true }, close);
  const logins = loginsInAMinute(stage, session);
  return logins > loginLimit ? [...found, `${what}: ${logins} logins within a minute`] : found;
}

function loginsInAMinute({ simulator }: Stage, { phone }: Session): number {
  const times = simulator.history
    .stanzas({ direction: "out", tag: "success" })
    .filter(({ device }) => device.startsWith(`${phone.number}:`))
    .map(({ at }) => Date.parse(at));
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length),
  );
}
