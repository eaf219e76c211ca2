import pMap from "p-map";
import type { Phone } from "#simulator/phone/phone.ts";
import type { Row } from "../row.ts";
import { createSession } from "../stage/session.ts";
import type { Session } from "../stage/session.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import type { Stage } from "../stage/stage.ts";
import type { Traffic } from "../stage/traffic.ts";
import { judge } from "../stage/verdict.ts";
import { findBreach } from "./08-disconnect-codes/find-breach.ts";
import { codes, whileLinking, whenOpen, withoutWord } from "./08-disconnect-codes/table.ts";
import { storm, storms } from "./08-disconnect-codes/storm.ts";

type Scene = { stage: Stage; contact: Phone; traffic: Traffic };

/** What each phase does to a session of its own, and where that must lead. */
const linkedPhases = {
  open: whenOpen,
  login: whenOpen,
  drain: whenOpen,
  /** Whoever answers there has not shown yet that it is WhatsApp. */
  handshake: withoutWord,
} as const;

type LinkedPhase = keyof typeof linkedPhases;

export const disconnectCodes: Row = {
  title: "every disconnect code in each phase, and storms",
  async run(context) {
    const tried = codes.filter((code) => !context.short || [401, 403, 440, 515].includes(code));
    const phases = Object.keys(linkedPhases) as LinkedPhase[];
    const stormed = context.short ? [] : storms;
    const count = phases.length * tried.length + stormed.length;
    await using fleet = await startSmallFleet(context, { sessions: count, shards: 4 });
    const { stage, sessions, traffic, contacts } = fleet;
    const [contact] = contacts;
    if (!contact) throw new Error("there is nobody to talk to");
    const scene: Scene = { stage, contact, traffic };
    const fresh = [...sessions];
    const take = () => fresh.pop() as Session;

    const open = await pMap(tried, (code) => endOne(scene, take(), "open", code), {
      concurrency: 4,
    });
    const stormy = await pMap(stormed, (one) => storm(stage, take(), one), { concurrency: 2 });
    // The other faults strike whoever comes next: one case at a time.
    const later: string[][] = [];
    for (const code of tried) {
      for (const phase of phases) {
        if (phase !== "open") later.push(await endOne(scene, take(), phase, code));
      }
      later.push(await endLinking(stage, sessions.length + later.length, code));
    }
    const verdict = await judge(stage, sessions, traffic.ledger);
    const notes = [
      `${tried.length} codes in ${phases.length + 1} phases (${phases.join(", ")}, linking), ` +
        `${stormed.length} storms`,
    ];
    const failures = [...open, ...stormy, ...later].flat();
    return { kills: 0, verdict, recoveries: [], notes, failures };
  },
};

async function endOne(
  scene: Scene,
  session: Session,
  phase: LinkedPhase,
  code: number,
): Promise<string[]> {
  const { stage } = scene;
  const expected = linkedPhases[phase](code);
  const ends = begin(stage, phase, code);
  const what = `${code}, ${phase}`;
  const found = await findBreach(stage, session, { what, expected, isLinked: true }, async () => {
    if (phase === "open") {
      return stage.simulator.closeStream({ phone: session.phone.number }, { code });
    }
    stage.simulator.dropConnections({ phone: session.phone.number });
    // Two messages wait for it at the server: the connection ends between them.
    if (phase === "drain") await leaveMessages(scene, session, expected.state === "logged_out");
  });
  ends();
  return found;
}

function begin({ simulator }: Stage, phase: LinkedPhase, code: number): () => void {
  const { faults } = simulator;
  if (phase === "login") return faults.loginFailure(code, 1);
  if (phase === "handshake") return faults.refuseUpgrade(code, 1);
  if (phase === "drain") return faults.endConnection("drain", { code, times: 1 });
  return () => undefined;
}

/** An unlinked device does not get what waits for it: nobody may count on that. */
async function leaveMessages({ contact, traffic }: Scene, session: Session, inVain: boolean) {
  for (let i = 0; i < 2; i += 1) {
    if (inVain) await contact.say(session.phone.number, `in vain ${i}`);
    else await traffic.in(session, contact);
  }
}

/** The connection of a session that waits for a phone. */
async function endLinking(stage: Stage, index: number, code: number): Promise<string[]> {
  const session = await createSession(stage, index);
  const end = stage.simulator.faults.endConnection("pairing", { code, times: 1 });
  const expected = whileLinking(code);
  const what = `${code}, linking`;
  const found = await findBreach(stage, session, { what, expected, isLinked: false }, () =>
    session.connect(),
  );
  end();
  await session.stop();
  return found;
}
