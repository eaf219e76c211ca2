import type { Row } from "../row.ts";
import { quantile, watchOutages } from "../stage/outages.ts";
import { pairedSessions } from "../stage/session.ts";
import { isShared } from "../stage/is-shared.ts";
import { startStage } from "../stage/stage.ts";
import type { Stage } from "../stage/stage.ts";
import { createContacts, createTraffic } from "../stage/traffic.ts";
import { judge } from "../stage/verdict.ts";
import { mustBecome } from "../stage/wait-until.ts";

const gapLimitMs = 2_000;
/** Fargate kills a task that takes longer than this to end. */
const drainLimitMs = 120_000;

export const rollingDeploy: Row = {
  title: "rolling deploy",
  alone: true,
  async run({ random, short, nodeArgs, env, log }) {
    const count = short ? 16 : 500;
    await using stage = await startStage({ shards: 16, nodeArgs, env });
    const old = [stage.start("old-0"), stage.start("old-1")];
    await Promise.all(old.map(({ ready }) => ready));
    await mustBecome("the shards are shared", () => isShared(stage, old.length), 30_000);
    const sessions = await pairedSessions(stage, count);
    log(`${count} sessions are active`);
    const contacts = await createContacts(stage, 4);
    const traffic = createTraffic({ sessions, contacts, random });
    await using flow = traffic.flow(100);
    const outages = watchOutages(sessions);
    const failures: string[] = [];
    const drains: number[] = [];
    const from = Date.now();
    for (const [i, runner] of old.entries()) {
      await stage.start(`new-${i}`).ready;
      // Each is given the time to have its share, as a deployment waits for health.
      await mustBecome("the new worker shares", () => owns(stage, `new-${i}`), 60_000);
      const asked = performance.now();
      runner.signal("SIGTERM");
      const { code, signal } = await runner.exited;
      drains.push(Math.round(performance.now() - asked));
      if (code !== 0) failures.push(`a worker ended with ${signal ?? `code ${code}`}`);
      await mustBecome("all are back", () => sessions.every((one) => one.online()), drainLimitMs);
    }
    const gaps = outages.gaps(from);
    outages.stop();
    await flow.stop();
    const verdict = await judge(stage, sessions, traffic.ledger);
    if (verdict.conflicts > 0) failures.push(`${verdict.conflicts} conflicts`);
    const p99 = quantile(gaps, 0.99);
    if (p99 > gapLimitMs) failures.push(`p99 of the gaps is ${p99} ms`);
    const notes = [
      `${count} sessions, ${gaps.length} gaps: p50 ${quantile(gaps, 0.5)} ms, p99 ${p99} ms, max ${quantile(gaps, 1)} ms`,
      `workers ended after ${drains.map((ms) => `${ms} ms`).join(", ")}`,
    ];
    return { kills: 0, verdict, recoveries: gaps, notes, failures };
  },
};

async function owns(stage: Stage, workerId: string): Promise<boolean> {
  return (await stage.owners()).some((item) => item.workerId === workerId);
}
