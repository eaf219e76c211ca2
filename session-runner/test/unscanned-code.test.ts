import type { ChildProcess } from "node:child_process";
import { expect, test } from "vitest";
import { measure, measured } from "./measure.ts";
import { startRig } from "./start-rig.ts";
import type { Rig } from "./start-rig.ts";

type Session = ReturnType<Rig["createSession"]>;

/** Until the next code of this session comes, of the attempt that is meant. */
async function nextCode(rig: Rig, { sessionId }: Session, attempt: number, from: number) {
  const isNew = (event: Rig["events"][number]) =>
    event.sessionId === sessionId && rig.events.indexOf(event) >= from;
  await rig.waitFor("session.qr_code", (event) => isNew(event) && event.data.attempt === attempt);
}

/** Connected at once, since each of them takes its time. */
const together = 4;

/** Shows codes to nobody until linking is given up. */
const endings: Record<string, { env: Record<string, string>; end?: typeof letAttemptsEnd }> = {
  "after three attempts": { env: {} },
  "after the pairing window": {
    // Time enough for a code on a busy machine.
    env: { WAFLEET_PAIRING_WINDOW_MS: "3000" },
    end: async () => undefined,
  },
};

async function letAttemptsEnd(rig: Rig, sessions: Session[]): Promise<void> {
  for (const attempt of [1, 2, 3]) {
    await Promise.all(sessions.map((session) => nextCode(rig, session, attempt, 0)));
    // As WhatsApp does when its codes have run out.
    rig.simulator.dropConnections();
  }
}

async function restOf(runner: ChildProcess) {
  const { counts, emitters, webSockets } = await measure(runner);
  return { timers: counts["Timeout"] ?? 0, emitters, webSockets };
}

test.for(Object.keys(endings))(
  "a code that nobody scanned, given up %s, leaves no socket, timer or listener, and connecting again works at once",
  { timeout: 120_000 },
  async (ending) => {
    const { env, end = letAttemptsEnd } = endings[ending] ?? { env: {} };
    await using rig = await startRig({ env });
    const runner = await rig.startRunner("worker-1", measured);
    async function showToNobody(): Promise<Session[]> {
      const sessions = Array.from({ length: together }, () => rig.createSession());
      await Promise.all(sessions.map((session) => session.connect()));
      await end(rig, sessions);
      // Where four together take longer, some end without having shown one.
      await Promise.all(sessions.map((session) => session.waitForStatus("error")));
      return sessions;
    }
    const [first] = await showToNobody();
    // By then the connections to AWS that are kept open are mostly there: four emitters each.
    await showToNobody();
    const before = await restOf(runner);
    const shown = 24;
    for (let count = 0; count < shown; count += together) await showToNobody();
    // What is left of each session would count that often; AWS connections come and go by a few.
    await expect
      .poll(
        async () => {
          const after = await restOf(runner);
          return [
            after.webSockets,
            after.timers - before.timers < shown,
            after.emitters - before.emitters < shown,
          ];
        },
        { timeout: 20_000, interval: 500 },
      )
      .toEqual([0, true, true]);
    const seen = rig.events.length;
    if (!first) throw new Error("there was no session");
    await first.connect();
    await nextCode(rig, first, 1, seen);
  },
);
