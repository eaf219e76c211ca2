import { setTimeout as sleep } from "node:timers/promises";
import { deadAfterMs } from "#session-runner/fleet/liveness.ts";
import type { Row } from "../row.ts";
import type { Runner } from "../stage/runner.ts";
import { pairedSessions } from "../stage/session.ts";
import type { Session } from "../stage/session.ts";
import { isShared } from "../stage/is-shared.ts";
import { startStage } from "../stage/stage.ts";
import type { Stage } from "../stage/stage.ts";
import { createContacts, createTraffic } from "../stage/traffic.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome, waitUntil } from "../stage/wait-until.ts";

/** A worker that wakes up to find its shards taken must have let go of them in this time. */
const releaseLimitMs = 2_000;

type Scene = { stage: Stage; sessions: Session[]; failures: string[]; releases: number[] };

export const frozenOwners: Row = {
  title: "owner frozen past its lease, then resumed",
  async run({ random, short, nodeArgs, env }) {
    await using stage = await startStage({ shards: 2, nodeArgs, env });
    const workers = [stage.start("worker-0"), stage.start("worker-1")];
    await Promise.all(workers.map(({ ready }) => ready));
    await mustBecome("the shards are shared", () => isShared(stage, 2), 30_000);
    const sessions = await pairedSessions(stage, 4);
    const contacts = await createContacts(stage, 3);
    const traffic = createTraffic({ sessions, contacts, random });
    await using flow = traffic.flow(100);
    const scene: Scene = { stage, sessions, failures: [], releases: [] };
    const freezes = short ? 1 : 6;
    let taken = 0;
    for (let i = 0; i < freezes; i += 1) {
      const share = short ? 2 : 1 + random.next() * 2;
      if (await freeze(scene, random.pick(workers), share * deadAfterMs)) taken += 1;
      await mustBecome("the shards are shared again", () => isShared(stage, 2), 60_000);
    }
    await flow.stop();
    const verdict = await judge(stage, sessions, traffic.ledger);
    const notes = [
      `${freezes} freezes, ${taken} of them taken over`,
      `released after ${scene.releases.map((ms) => `${ms} ms`).join(", ")}`,
    ];
    return { kills: freezes, verdict, recoveries: [], notes, failures: scene.failures };
  },
};

/** True when the others took over in the meantime. */
async function freeze(scene: Scene, runner: Runner, forMs: number): Promise<boolean> {
  const { stage, failures } = scene;
  const held = await shardsOf(stage, runner);
  const mine = scene.sessions.filter(({ shard }) => held.includes(shard));
  const connections = new Set(mine.map((session) => connectionOf(stage, session)));
  runner.signal("SIGSTOP");
  await sleep(forMs);
  const stillHeld = await shardsOf(stage, runner);
  const from = new Date().toISOString();
  const woken = performance.now();
  runner.signal("SIGCONT");
  const lost = held.filter((shard) => !stillHeld.includes(shard));
  if (lost.length === 0) return false;
  const released = await waitUntil(
    () => lost.every((shard) => saysReleased(stage, runner, shard, from)),
    10 * releaseLimitMs,
  );
  const took = Math.round(performance.now() - woken);
  scene.releases.push(took);
  if (!released) failures.push("a worker never let go of what others had taken");
  else if (took > releaseLimitMs) failures.push(`a worker let go only after ${took} ms`);
  const frames = stage.simulator.history
    .stanzas({ direction: "in" })
    .filter(({ at, connection }) => at > from && connections.has(connection));
  if (frames.length > 0) failures.push(`${frames.length} frames came from a former owner`);
  return true;
}

async function shardsOf(stage: Stage, { workerId }: Runner): Promise<number[]> {
  const owners = await stage.owners();
  return owners.flatMap((item) => (item.workerId === workerId ? [item.shard] : []));
}

function connectionOf({ simulator }: Stage, { phone }: Session): number {
  const entries = simulator.history
    .stanzas()
    .filter(({ device, connection }) => connection > 0 && device.startsWith(`${phone.number}:`));
  return entries.at(-1)?.connection ?? 0;
}

function saysReleased(stage: Stage, runner: Runner, shard: number, since: string): boolean {
  return stage
    .logged()
    .some(
      (line) =>
        line["worker"] === runner.workerId &&
        line["shard"] === shard &&
        line["msg"] === "shard released" &&
        Number(line["time"]) >= Date.parse(since),
    );
}
