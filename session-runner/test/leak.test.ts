import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { startRig } from "./start-rig.ts";

const measureProcess = new URL("./measure-process.ts", import.meta.url).pathname;

type Measure = { heapBytes: number; counts: Record<string, number> };

async function measure(runner: ChildProcess): Promise<Measure> {
  const answer = once(runner, "message");
  runner.send("measure");
  const [measured] = (await answer) as [Measure];
  return measured;
}

test("a session that was connected and stopped 200 times leaves no timer, socket or memory behind", async () => {
  await using rig = await startRig();
  const runner = await rig.startRunner("worker-1", { nodeArgs: ["--import", measureProcess] });
  const { session } = await rig.pairedSession();

  async function cycle(times: number): Promise<void> {
    for (let i = 0; i < times; i += 1) {
      const seen = rig.events.length;
      const reached = (status: string) =>
        rig.waitFor(
          "session.status",
          (event) => event.data.status === status && rig.events.indexOf(event) >= seen,
        );
      await session.stop();
      await reached("inactive");
      await session.connect();
      await reached("active");
    }
  }

  await cycle(20);
  const before = await measure(runner);
  await cycle(200);
  const after = await measure(runner);

  expect(after.counts["Timeout"] ?? 0).toBeLessThanOrEqual((before.counts["Timeout"] ?? 0) + 2);
  expect(after.counts["TCPSocketWrap"] ?? 0).toBeLessThanOrEqual(
    (before.counts["TCPSocketWrap"] ?? 0) + 2,
  );
  // 10 KB a cycle would show as 2 MB.
  expect((after.heapBytes - before.heapBytes) / 1024).toBeLessThan(2_048);
}, 240_000);
