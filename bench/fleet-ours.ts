// Wafleet's side of `npm run bench -- fleet`: one runner process with many sessions.
import { setTimeout as sleep } from "node:timers/promises";
import pMap from "p-map";
import { createSession, isActive, pair } from "#test/chaos/stage/session.ts";
import type { Session } from "#test/chaos/stage/session.ts";
import { startStage } from "#test/chaos/stage/stage.ts";
import type { Stage } from "#test/chaos/stage/stage.ts";
import { mustBecome } from "#test/chaos/stage/wait-until.ts";
import { measureMessages } from "./fleet-messages.ts";
import type { MessageFigures } from "./fleet-messages.ts";
import { askProbe, askUsage, forgetStalls } from "./ask-probe.ts";

export type FleetFigures = MessageFigures & {
  sessions: number;
  pairingPerSecond: number;
  /** Of a process without sessions. */
  fixedMb: number;
  /** After a minute of idling, as the process stands. */
  pairedMb: number;
  /** The same of a worker that loaded its sessions instead of pairing them. */
  loadedMb: number;
  /** Of a worker that loaded its sessions, garbage collected. */
  collectedMb: number;
  heapKb: number;
  idleCalls: Record<string, number>;
  emptyCalls: Record<string, number>;
  runnerBack: Return;
  serverBack: Return;
};

/** How all sessions came back, and what it cost the runner's process. */
export type Return = { ms: number; cpuSeconds: number; stallMs: number };

const probe = new URL("./fleet-probe.ts", import.meta.url).pathname;
/** With the settings of its image. */
export const asMeasured = {
  nodeArgs: [
    "--expose-gc",
    "--min-semi-space-size=32",
    "--max-semi-space-size=64",
    "--import",
    probe,
  ],
  env: { MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "131072" },
};
/**
 * What the dispatcher would write for each message, a Lambda does in a deployment; here it would
 * take the core that simulator and stores have, and the runner would wait for them.
 */
export const measuredStage = { shards: 4, historyLimit: 2_000, storesStatuses: false };
const patienceMs = 600_000;
const idleMs = 30_000;

export async function measureFleet(
  count: number,
  log: (text: string) => void,
): Promise<FleetFigures> {
  await using stage = await startStage(measuredStage);
  let runner = stage.start("worker-0", asMeasured);
  await runner.ready;
  const empty = await askProbe(runner);
  const emptyCalls = await callsAMinute(stage);

  log(`pairing ${count} sessions`);
  const pairingSince = performance.now();
  const sessions = await pMap(
    Array.from({ length: count }, (_, index) => index),
    async (index) => {
      const session = await createSession(stage, index);
      await pair(stage, session);
      return session;
    },
    { concurrency: 6 },
  );
  const pairingPerSecond = (count * 1_000) / (performance.now() - pairingSince);
  log("idle");
  // What the last pairings still have to write.
  await sleep(idleMs);
  const idleCalls = await callsAMinute(stage);
  const paired = await askProbe(runner);

  log("restart of the runner");
  runner.signal("SIGTERM");
  await runner.exited;
  const startedAt = performance.now();
  runner = stage.start("worker-0", asMeasured);
  await runner.ready;
  await forgetStalls(runner);
  await allBack(sessions);
  const runnerBackMs = performance.now() - startedAt;
  const back = await askProbe(runner);
  const runnerBack = {
    ms: runnerBackMs,
    cpuSeconds: back.cpuSeconds,
    stallMs: back.stallMs,
  };
  await sleep(idleMs);
  const loaded = await askProbe(runner);
  const usedBefore = await askUsage(runner);

  log("restart of the server");
  const refusing = stage.simulator.faults.refuseUpgrade(503);
  stage.simulator.dropConnections();
  await sleep(3_000);
  refusing();
  const restoredAt = performance.now();
  await allBack(sessions);
  const serverBackMs = performance.now() - restoredAt;
  const after = await askProbe(runner);
  const serverBack = {
    ms: serverBackMs,
    cpuSeconds: after.cpuSeconds - usedBefore,
    stallMs: after.stallMs,
  };
  await mustBecome(
    "all are active",
    () => sessions.every((one) => isActive(stage, one)),
    patienceMs,
  );

  log("messages");
  const messages = await measureMessages(stage, runner, sessions);
  return {
    ...messages,
    sessions: count,
    pairingPerSecond,
    fixedMb: empty.collectedMb,
    pairedMb: (paired.rssMb - empty.collectedMb) / count,
    loadedMb: (back.rssMb - empty.collectedMb) / count,
    collectedMb: (loaded.collectedMb - empty.collectedMb) / count,
    heapKb: ((loaded.heapMb - empty.heapMb) * 1_024) / count,
    idleCalls,
    emptyCalls,
    runnerBack,
    serverBack,
  };
}

async function allBack(sessions: Session[]): Promise<void> {
  await mustBecome("all are back", () => sessions.every((one) => one.online()), patienceMs);
}

/** Requests to AWS a minute, by operation. */
async function callsAMinute({ dynamodb, sqs, s3, kms }: Stage): Promise<Record<string, number>> {
  const read = () => ({
    ...dynamodb.meter.read(),
    ...sqs.meter.read(),
    ...s3.meter.read(),
    ...kms.meter.read(),
  });
  const before: Record<string, number> = read();
  await sleep(idleMs);
  const changed = Object.entries<number>(read())
    .map(([name, amount]) => [name, amount - (before[name] ?? 0)] as const)
    .filter(([name, amount]) => amount > 0 && /^\w+\.[A-Z]\w+$/.test(name));
  return Object.fromEntries(changed.map(([name, amount]) => [name, (amount * 60_000) / idleMs]));
}
