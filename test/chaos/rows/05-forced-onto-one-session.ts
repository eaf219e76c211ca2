import type { Row } from "../row.ts";
import { pairedSessions } from "../stage/session.ts";
import { startStage } from "../stage/stage.ts";
import { createContacts, createTraffic } from "../stage/traffic.ts";
import { judge } from "../stage/verdict.ts";
import { readJournal } from "../stage/journal-history.ts";
import { mustBecome, waitUntil } from "../stage/wait-until.ts";

const replaceSource = new URL("../mutants/replace-source.ts", import.meta.url).pathname;

/** Alarms are made from this line. */
const alarm = "another worker has taken this session over";

export const forcedOntoOneSession: Row = {
  title: "two workers forced onto one session",
  async run({ random, short, nodeArgs, env }) {
    await using stage = await startStage({ shards: 1, visibilitySeconds: 4, nodeArgs, env });
    const owner = stage.start("worker-0");
    await owner.ready;
    const sessions = await pairedSessions(stage, 2);
    const contacts = await createContacts(stage, 2);
    const traffic = createTraffic({ sessions, contacts, random });
    await using flow = traffic.flow(50);
    const failures: string[] = [];
    const thefts = short ? 1 : 5;
    for (let i = 0; i < thefts; i += 1) {
      const before = ownAlarms();
      const epochs = await highestEpochs();
      const thief = stage.start(`thief-${i}`, {
        nodeArgs: ["--import", replaceSource],
        env: { CHAOS_REPLACE: `thief,${env["CHAOS_REPLACE"] ?? ""}` },
      });
      await thief.ready;
      const taken = async () =>
        (await highestEpochs()).every((epoch, n) => epoch > (epochs[n] ?? 0));
      await mustBecome("the thief claims the journals", taken, 30_000);
      if (!(await waitUntil(() => ownAlarms() > before, 10_000))) {
        failures.push("a worker lost its sessions without an alarm");
      }
      thief.signal("SIGKILL");
      await thief.exited;
      // WhatsApp may take the thief's connections for the owner's until it has seen them end.
      const left = new Set(sessions);
      const haveAllLeft = () => {
        for (const session of left) if (!session.online()) left.delete(session);
        return left.size === 0;
      };
      if (!(await waitUntil(haveAllLeft, 60_000))) {
        failures.push("the owner did not let go of sessions that another had claimed");
      }
      if (!(await waitUntil(() => sessions.every(isBack), 90_000))) {
        failures.push("the owner did not get back the sessions that another had claimed");
        break;
      }
    }
    await flow.stop();
    const verdict = await judge(stage, sessions, traffic.ledger, 90_000);
    return { kills: thefts, verdict, recoveries: [], notes: [`${ownAlarms()} alarms`], failures };

    function ownAlarms(): number {
      return stage.logged().filter(({ msg }) => msg === alarm).length;
    }
    function isBack(session: (typeof sessions)[number]): boolean {
      return session.online();
    }
    function highestEpochs(): Promise<number[]> {
      return Promise.all(
        sessions.map(async ({ sessionId }) => {
          const rows = await readJournal(stage, sessionId);
          return rows.at(-1)?.epoch ?? 0;
        }),
      );
    }
  },
};
