import { setTimeout as sleep } from "node:timers/promises";
import { deadAfterMs } from "#session-runner/fleet/liveness.ts";
import type { Row, RowContext } from "../row.ts";
import { startCuttableWorker } from "../stage/cuttable-worker.ts";
import type { CuttableWorker } from "../stage/cuttable-worker.ts";
import { isShared } from "../stage/is-shared.ts";
import { pairedSessions } from "../stage/session.ts";
import type { Session } from "../stage/session.ts";
import { startStage } from "../stage/stage.ts";
import type { Stage } from "../stage/stage.ts";
import { createContacts, createTraffic } from "../stage/traffic.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome } from "../stage/wait-until.ts";

type Scene = { stage: Stage; sessions: Session[]; recoveries: number[]; context: RowContext };

/** Writes whose answers are lost, then cuts: of one owner alone, and of all of them. */
export const lostAnswers: Row = {
  title: "cut from stores or WhatsApp, answers lost",
  async run(context) {
    const { random, short, nodeArgs, env } = context;
    await using stage = await startStage({ shards: 4, visibilitySeconds: 4, nodeArgs, env });
    await using owner = await startCuttableWorker(stage, "worker-0");
    await Promise.all([owner.runner.ready, stage.start("worker-1").ready]);
    await mustBecome("the shards are shared", () => isShared(stage, 2), 30_000);
    const sessions = await pairedSessions(stage, 4);
    const contacts = await createContacts(stage, 3);
    const traffic = createTraffic({ sessions, contacts, random });
    await using flow = traffic.flow(80);
    const scene: Scene = { stage, sessions, recoveries: [], context };
    for (const share of short ? [0.2] : [0.01, 0.05, 0.2]) await loseAnswers(scene, share);
    await cutOwner(scene, owner, "whatsapp", short ? 2_000 : 8_000);
    // Short of the lease: it comes back to its own sessions; past it, they are somebody else's.
    await cutOwner(scene, owner, "stores", deadAfterMs / 3);
    if (!short) await cutOwner(scene, owner, "stores", 2.5 * deadAfterMs);
    await cutAll(scene);
    await flow.stop();
    const verdict = await judge(stage, sessions, traffic.ledger, 90_000);
    const { recoveries } = scene;
    const notes = ["answers lost: 1 %, 5 %, 20 % of writes; cuts of one owner and of all"];
    return { kills: 0, verdict, recoveries, notes: short ? [] : notes, failures: [] };
  },
};

async function loseAnswers({ stage, context }: Scene, probability: number): Promise<void> {
  const { dynamodb, sqs } = stage;
  const lost = { kind: "drop-answer", probability } as const;
  const ends = [
    dynamodb.faults.add({ ...lost, operation: "PutItem" }),
    dynamodb.faults.add({ ...lost, operation: "UpdateItem" }),
    sqs.faults.add({ ...lost, operation: "SendMessageBatch" }),
    sqs.faults.add({ ...lost, operation: "DeleteMessageBatch" }),
  ];
  await sleep(context.short ? 3_000 : 10_000);
  for (const end of ends) end();
}

async function cutOwner(
  scene: Scene,
  owner: CuttableWorker,
  what: "stores" | "whatsapp",
  forMs: number,
): Promise<void> {
  const restore = owner.cut(what);
  await sleep(forMs);
  restore();
  await noteRecovery(scene);
  await mustBecome("the shards are shared again", () => isShared(scene.stage, 2), 60_000);
}

async function cutAll(scene: Scene): Promise<void> {
  const { stage, context } = scene;
  const { dynamodb, simulator } = stage;
  const restore = dynamodb.faults.add({ kind: "refuse", match: '"journal"' });
  await sleep(context.short ? 2_000 : 4_000);
  restore();
  const away = simulator.faults.refuseUpgrade(503);
  simulator.dropConnections();
  await sleep(context.short ? 2_000 : 6_000);
  away();
  await noteRecovery(scene);
}

async function noteRecovery({ sessions, recoveries }: Scene): Promise<void> {
  const from = performance.now();
  await mustBecome("all are back", () => sessions.every((one) => one.online()), 60_000);
  recoveries.push(Math.round(performance.now() - from));
}
