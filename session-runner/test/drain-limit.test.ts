import { expect, test } from "vitest";
import { pairedSessions } from "#test/chaos/stage/session.ts";
import { startStage } from "#test/chaos/stage/stage.ts";

test("a worker that is to end ends, although nothing that it needs for that answers any more", async () => {
  await using stage = await startStage({ shards: 1, env: { WAFLEET_DRAIN_LIMIT_MS: "2000" } });
  const runner = stage.start("worker-0");
  await runner.ready;
  await pairedSessions(stage, 1);
  for (const { faults } of [stage.dynamodb, stage.sqs, stage.s3, stage.kms]) {
    faults.add({ kind: "refuse" });
  }
  runner.signal("SIGTERM");
  // Whoever asks twice does not cut the hand-over short.
  runner.signal("SIGINT");
  await expect(runner.exited).resolves.toMatchObject({ code: 1 });
});
