import { setTimeout as sleep } from "node:timers/promises";
import type { Row } from "../row.ts";
import { startSmallFleet } from "../stage/small-fleet.ts";
import { isSettled, judge } from "../stage/verdict.ts";
import { waitUntil } from "../stage/wait-until.ts";

const recoveryLimitMs = 30_000;

export const throttledStores: Row = {
  title: "stores throttle everything",
  async run(context) {
    await using fleet = await startSmallFleet(context);
    const { stage, sessions, contacts, traffic } = fleet;
    const [session] = sessions;
    const [contact] = contacts;
    if (!session || !contact) throw new Error("there is nobody to talk to");
    for (let i = 0; i < 5; i += 1) await traffic.any();
    // What the API accepted just before must come through; what comes in meanwhile as well.
    for (let i = 0; i < 10; i += 1) await traffic.out(session, contact);
    const { dynamodb, sqs, s3, kms } = stage;
    const ends = [dynamodb, sqs, s3, kms].map(({ faults }) => faults.add({ kind: "throttle" }));
    const until = performance.now() + (context.short ? 5_000 : 60_000);
    while (performance.now() < until) {
      await traffic.in(session, contact);
      await sleep(500);
    }
    for (const end of ends) end();
    const from = performance.now();
    const settled = await waitUntil(() => isSettled(stage, traffic.ledger), 2 * recoveryLimitMs);
    const took = Math.round(performance.now() - from);
    const failures = settled && took <= recoveryLimitMs ? [] : [`recovered only after ${took} ms`];
    const verdict = await judge(stage, sessions, traffic.ledger);
    return { kills: 0, verdict, recoveries: [took], notes: [], failures };
  },
};
