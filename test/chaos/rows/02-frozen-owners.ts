import { setTimeout as sleep } from "node:timers/promises";
import { parseCursor } from "#shared/cursor.ts";
import { deadAfterMs } from "#session-runner/fleet/liveness.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import type { Row } from "../row.ts";
import { isShared } from "../stage/is-shared.ts";
import { readJournal } from "../stage/journal-history.ts";
import type { Runner } from "../stage/runner.ts";
import { pairedSessions } from "../stage/session.ts";
import type { Session } from "../stage/session.ts";
import { startStage } from "../stage/stage.ts";
import type { Stage } from "../stage/stage.ts";
import { createContacts, createTraffic } from "../stage/traffic.ts";
import type { Traffic } from "../stage/traffic.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome, waitUntil } from "../stage/wait-until.ts";

/** A worker that wakes up to find its shards taken must have let go of them in this time. */
const releaseLimitMs = 2_000;

type Scene = {
  stage: Stage;
  sessions: Session[];
  traffic: Traffic;
  /** Reads late on purpose, so that a receipt comes while the owner is being replaced. */
  sleeper: Phone;
  failures: string[];
  releases: number[];
  /** Sessions of which somebody else's claim was seen while their owner was frozen. */
  claims: number;
  tempted: number;
};

/** A session of the frozen worker, its connection, and the epoch in which it is owned. */
type Owned = { session: Session; connection: number; epoch: number };

export const frozenOwners: Row = {
  title: "owner frozen past its lease, then resumed",
  async run({ random, short, nodeArgs, env }) {
    await using stage = await startStage({ shards: 2, nodeArgs, env });
    const workers = [stage.start("worker-0"), stage.start("worker-1")];
    await Promise.all(workers.map(({ ready }) => ready));
    await mustBecome("the shards are shared", () => isShared(stage, 2), 30_000);
    const sessions = await pairedSessions(stage, 4);
    const contacts = await createContacts(stage, 3);
    const [sleeper] = await createContacts(stage, 1);
    if (!sleeper) throw new Error("there is nobody to talk to");
    const traffic = createTraffic({ sessions, contacts, random });
    await using flow = traffic.flow(100);
    const counts = { failures: [], releases: [], claims: 0, tempted: 0 };
    const scene: Scene = { stage, sessions, traffic, sleeper, ...counts };
    const freezes = short ? 1 : 4;
    for (let i = 0; i < freezes; i += 1) {
      const share = short ? 2 : 1 + random.next() * 2;
      const tempt = i % 2 === 0;
      await freeze(scene, random.pick(workers), share * deadAfterMs, tempt);
      await mustBecome("the shards are shared again", () => isShared(stage, 2), 60_000);
      await mustBecome("all are back", () => sessions.every((one) => one.online()), 60_000);
    }
    await flow.stop();
    const verdict = await judge(stage, sessions, traffic.ledger);
    const { releases, claims, tempted, failures } = scene;
    if (claims === 0) failures.push("nobody took a frozen worker's sessions over");
    const notes = [
      `${freezes} freezes, ${claims} sessions claimed by others, ${tempted} of them while the ` +
        "former owner's connection was open, with messages and receipts waiting on it",
      `released after ${releases.map((ms) => `${ms} ms`).join(", ")}`,
    ];
    return { kills: 0, verdict, recoveries: [], notes, failures };
  },
};

/**
 * @param tempt nobody can log in meanwhile, so that the frozen worker's connections stay open, and
 *   what comes in on them waits to be answered
 */
async function freeze(scene: Scene, runner: Runner, forMs: number, tempt: boolean): Promise<void> {
  const { stage, sleeper, traffic } = scene;
  const held = await shardsOf(stage, runner);
  const mine = scene.sessions.filter(({ shard }) => held.includes(shard));
  if (tempt) await sendUnread(scene, mine);
  const owned = await Promise.all(mine.map((session) => ownedNow(stage, session)));
  const open = tempt ? stage.simulator.faults.refuseUpgrade(503) : () => undefined;
  runner.signal("SIGSTOP");
  await sleep(forMs);
  if (tempt) {
    await waitUntil(() => isClaimed(stage, owned), 2 * deadAfterMs);
    await sleeper.goOnline();
    for (const session of mine) await traffic.in(session, sleeper);
    scene.tempted += mine.filter((session) => session.online()).length;
  }
  const stillHeld = await shardsOf(stage, runner);
  const from = new Date().toISOString();
  const woken = performance.now();
  runner.signal("SIGCONT");
  const lost = held.filter((shard) => !stillHeld.includes(shard));
  const released = await waitUntil(
    () => lost.every((shard) => letGo(stage, runner, shard, from)),
    10 * releaseLimitMs,
  );
  const took = Math.round(performance.now() - woken);
  open();
  if (lost.length === 0) return;
  scene.releases.push(took);
  if (!released) scene.failures.push("a worker never let go of what others had taken");
  else if (took > releaseLimitMs) scene.failures.push(`a worker let go only after ${took} ms`);
  for (const one of owned) await judgeFormerOwner(scene, one);
}

/** Messages that are on the server and not yet delivered: their receipts come later. */
async function sendUnread({ stage, sleeper, traffic }: Scene, sessions: Session[]): Promise<void> {
  sleeper.goOffline();
  for (const session of sessions) {
    const before = traffic.ledger.outgoing.length;
    await traffic.out(session, sleeper);
    const message = traffic.ledger.outgoing
      .slice(before)
      .find((one) => one.session === session && one.contact === sleeper);
    const isSent = () => stage.events.sentAt(message?.messageId ?? "") !== undefined;
    await mustBecome("it is sent", isSent, 30_000);
  }
}

/** From the next owner's claim on: not a frame on the former one's connection, not an append of it. */
async function judgeFormerOwner(scene: Scene, { session, connection, epoch }: Owned) {
  const { stage, failures } = scene;
  const next = stage.events
    .statuses(session.sessionId)
    .find(({ cursor }) => parseCursor(cursor).epoch > epoch);
  if (!next) return;
  scene.claims += 1;
  const frames = stage.simulator.history
    .stanzas({ direction: "in" })
    .filter((entry) => entry.connection === connection && entry.at > next.at);
  if (frames.length > 0) {
    const what = frames.map(({ node }) => node.tag).join(", ");
    failures.push(`${frames.length} frames came from a former owner: ${what}`);
  }
  const rows = await readJournal(stage, session.sessionId);
  const claim = rows.findIndex((row) => row.epoch > epoch);
  const late = rows.slice(claim).filter((row) => row.epoch <= epoch);
  if (late.length > 0) failures.push(`${late.length} appends of a former owner were accepted`);
}

async function ownedNow(stage: Stage, session: Session): Promise<Owned> {
  const entries = stage.simulator.history
    .stanzas()
    .filter(
      ({ device, connection }) => connection > 0 && device.startsWith(`${session.phone.number}:`),
    );
  const rows = await readJournal(stage, session.sessionId);
  const epoch = rows.at(-1)?.epoch ?? 0;
  return { session, connection: entries.at(-1)?.connection ?? 0, epoch };
}

async function isClaimed(stage: Stage, owned: Owned[]): Promise<boolean> {
  const rows = await Promise.all(owned.map((one) => readJournal(stage, one.session.sessionId)));
  return owned.every(({ epoch }, i) => (rows[i]?.at(-1)?.epoch ?? 0) > epoch);
}

async function shardsOf(stage: Stage, { workerId }: Runner): Promise<number[]> {
  const owners = await stage.owners();
  return owners.flatMap((item) => (item.workerId === workerId ? [item.shard] : []));
}

function letGo(stage: Stage, runner: Runner, shard: number, since: string): boolean {
  return stage
    .logged()
    .some(
      (line) =>
        line["worker"] === runner.workerId &&
        line["shard"] === shard &&
        line["msg"] === "shard lost" &&
        Number(line["time"]) >= Date.parse(since),
    );
}
