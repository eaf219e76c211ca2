import { setTimeout as sleep } from "node:timers/promises";
import type { Row } from "../row.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome } from "../stage/wait-until.ts";

/** Writes are done, but their answers are lost; then the stores are away; then WhatsApp is. */
export const lostAnswers: Row = {
  title: "stores or WhatsApp cut off, answers lost",
  async run(context) {
    const { short, random } = context;
    await using fleet = await startSmallFleet(context);
    const { stage, sessions, traffic } = fleet;
    await using flow = traffic.flow(80);
    const lasts = short ? 3_000 : 20_000;
    for (const share of short ? [0.2] : [0.01, 0.05, 0.2]) {
      const end = stage.dynamodb.faults.add({
        kind: "drop-answer",
        operation: "PutItem",
        probability: share,
      });
      const events = { kind: "drop-answer", operation: "SendMessageBatch" } as const;
      const endEvents = stage.sqs.faults.add({ ...events, probability: share });
      await sleep(lasts);
      end();
      endEvents();
    }
    // Short of the lease: a longer cut is another worker's takeover.
    const restore = stage.dynamodb.faults.add({ kind: "refuse", match: '"journal"' });
    await sleep(short ? 2_000 : random.integer(3_000, 5_000));
    restore();
    const away = stage.simulator.faults.refuseUpgrade(503);
    stage.simulator.dropConnections();
    await sleep(lasts / 2);
    away();
    const from = performance.now();
    await mustBecome("all are back", () => sessions.every((one) => one.online()), 60_000);
    const back = performance.now() - from;
    await flow.stop();
    const verdict = await judge(stage, sessions, traffic.ledger, 90_000);
    return { kills: 0, verdict, recoveries: [Math.round(back)], notes: [], failures: [] };
  },
};
