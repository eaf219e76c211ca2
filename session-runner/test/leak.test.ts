import { expect, test } from "vitest";
import { measure, measured } from "./measure.ts";
import { startRig } from "./start-rig.ts";

test("a session that was connected and stopped 200 times leaves no timer, socket or memory behind", async () => {
  await using rig = await startRig();
  const runner = await rig.startRunner("worker-1", measured);
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
