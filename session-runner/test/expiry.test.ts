import { expect, test } from "vitest";
import { startRig } from "./start-rig.ts";

test("a message that expired while its session was stopped ends as failed, and is not sent", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone();
  await session.stop();
  await session.waitForStatus("inactive");
  const late = await session.say(contact.number, "too late", { expiresAt: Date.now() - 1 });
  const fresh = await session.say(contact.number, "in time");
  await session.connect();

  const failed = await session.waitForMessage(late.messageId, "failed");
  expect(failed.data.reason).toBe("expired");
  await session.waitForMessage(fresh.messageId, "delivered");
  expect(contact.received().map(({ text }) => text)).toEqual(["in time"]);
});
