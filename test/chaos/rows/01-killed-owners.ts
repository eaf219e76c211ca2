import { setTimeout as sleep } from "node:timers/promises";
import type { Row, RowContext } from "../row.ts";
import { watchOutages } from "../stage/outages.ts";
import type { Outages } from "../stage/outages.ts";
import type { Runner } from "../stage/runner.ts";
import { pairedSessions } from "../stage/session.ts";
import type { Session } from "../stage/session.ts";
import { isShared } from "../stage/is-shared.ts";
import { startStage } from "../stage/stage.ts";
import type { Stage } from "../stage/stage.ts";
import { createContacts, createTraffic } from "../stage/traffic.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome, waitUntil } from "../stage/wait-until.ts";

const points = [
  "append.before",
  "append.after",
  "message.on-wire",
  "event.publish.before",
  "event.publish.after",
] as const;

const killAtPoint = new URL("../stage/kill-at-point.ts", import.meta.url).pathname;

/** After a kill every session must be back in this time. In the suite, beside other tests, it may take longer. */
const recoveryLimitMs = 10_000;

type Scene = {
  stage: Stage;
  sessions: Session[];
  outages: Outages;
  context: RowContext;
  kills: number;
  recoveries: number[];
  failures: string[];
};

export const killedOwners: Row = {
  title: "SIGKILL of an owner",
  alone: true,
  async run(context) {
    const { short, random, nodeArgs, env } = context;
    const slots = short ? 2 : 3;
    await using stage = await startStage({ visibilitySeconds: 4, nodeArgs, env });
    const first = Array.from({ length: slots }, (_, slot) => stage.start(`worker-${slot}`));
    await Promise.all(first.map(({ ready }) => ready));
    await mustBecome("the shards are shared", () => isShared(stage, slots), 30_000);
    const sessions = await pairedSessions(stage, short ? 4 : 6);
    const contacts = await createContacts(stage, 3);
    const traffic = createTraffic({ sessions, contacts, random });
    // A slow store widens the instants between a step, its append and its frame.
    stage.dynamodb.faults.add({
      kind: "delay",
      operation: "PutItem",
      delayMs: 25,
      probability: 0.5,
    });
    await using flow = traffic.flow(short ? 60 : 120);
    const outages = watchOutages(sessions);
    const scene: Scene = {
      stage,
      sessions,
      outages,
      context,
      kills: 0,
      recoveries: [],
      failures: [],
    };

    const perSlot = Math.ceil((short ? 8 : 195) / slots);
    await Promise.all(first.map((runner) => killAgainAndAgain(scene, runner, perSlot)));
    context.log(`${scene.kills} kills, now with a standby`);
    await killForGood(scene, slots, short ? 1 : 6);
    await flow.stop();
    const verdict = await judge(stage, sessions, traffic.ledger);
    outages.stop();
    const { kills, recoveries, failures } = scene;
    return { kills, verdict, recoveries, failures, notes: whatIsLeft(stage) };
  },
};

/** Commands that are still in queues: what is lost may be there. */
function whatIsLeft({ sqs, shards, deadLetters }: Stage): string[] {
  const names = [deadLetters, ...Array.from({ length: shards }, (_, i) => `commands-${i}.fifo`)];
  return names.flatMap((name) => {
    const { visible, inFlight } = sqs.depth(name);
    return visible + inFlight === 0 ? [] : [`${name}: ${visible} visible, ${inFlight} in flight`];
  });
}

/** Kills the worker of one slot, each time replaced at once by another process in its place. */
async function killAgainAndAgain(scene: Scene, first: Runner, times: number): Promise<void> {
  const { stage, context } = scene;
  const { random } = context;
  let runner = first;
  for (let i = 0; i < times; i += 1) {
    // A runner that shall kill itself does so when it reaches the point, or is killed after a while.
    await Promise.race([runner.exited, sleep(random.integer(0, 1_500))]);
    const killed = await kill(scene, runner);
    const last = i === times - 1;
    runner = stage.start(runner.workerId, last ? {} : arm(context));
    await noteRecovery(scene, killed);
  }
}

/** Kills a worker that never comes back: the others take over, and a fresh one joins. */
async function killForGood(scene: Scene, slots: number, times: number): Promise<void> {
  const { stage, context } = scene;
  for (let i = 0; i < times; i += 1) {
    const fresh = stage.start(`standby-${i}`);
    await fresh.ready;
    await mustBecome("the shards are shared", () => isShared(stage, slots + 1), 60_000);
    await mustBecome("all are back", () => scene.sessions.every((one) => one.online()), 30_000);
    const doomed = context.random.pick(stage.runners().filter((runner) => runner !== fresh));
    await noteRecovery(scene, await kill(scene, doomed));
  }
}

function arm({ random }: RowContext) {
  if (random.chance(0.4)) return {};
  return {
    nodeArgs: ["--import", killAtPoint],
    env: {
      CHAOS_KILL_AT: random.pick(points),
      CHAOS_KILL_COUNT: String(random.integer(1, 12)),
      CHAOS_KILL_LAG_MS: String(random.chance(0.5) ? 0 : random.integer(1, 20)),
    },
  };
}

type Killed = { at: number; sessions: Session[] };

async function kill(scene: Scene, runner: Runner): Promise<Killed> {
  const owners = await scene.stage.owners();
  const mine = new Set(
    owners.flatMap(({ shard, workerId }) => (workerId === runner.workerId ? [shard] : [])),
  );
  const sessions = scene.sessions.filter(({ shard }) => mine.has(shard));
  runner.signal("SIGKILL");
  const { at } = await runner.exited;
  scene.kills += 1;
  return { at, sessions };
}

/** A crash before it was back counts as part of the same outage, timed from the last crash. */
async function noteRecovery(scene: Scene, { at, sessions }: Killed): Promise<void> {
  const { stage, outages, recoveries, failures } = scene;
  const recovered = () => sessions.map((session) => outages.recovery(session, at));
  const replacementDied = () => stage.runners().length < (scene.context.short ? 2 : 3);
  await waitUntil(
    () => recovered().every((ms) => ms !== undefined) || replacementDied(),
    3 * recoveryLimitMs,
  );
  for (const ms of recovered()) {
    if (ms === undefined) continue;
    recoveries.push(ms);
    if (ms > recoveryLimitMs && !scene.context.short)
      failures.push(`a session was back only after ${ms} ms`);
  }
}
