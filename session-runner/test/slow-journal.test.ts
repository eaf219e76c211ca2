import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startRig } from "./start-rig.ts";

const ackTimeoutMs = 1_000;

test("a message that waits for its journal longer than for any answer leaves once and is sent", async () => {
  await using rig = await startRig({ env: { WAFLEET_ACK_TIMEOUT_MS: String(ackTimeoutMs) } });
  await rig.startRunner("worker-1");
  const { session } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone();
  const first = await session.say(contact.number, "while the journal answers");
  await session.waitForMessage(first.messageId, "delivered");

  const recover = rig.dynamodb.faults.add({
    kind: "throttle",
    operation: "PutItem",
    match: '"journal"',
  });
  const late = await session.say(contact.number, "while it does not");
  await sleep(3 * ackTimeoutMs);
  const left = () =>
    rig.simulator.history.stanzas({ direction: "in", id: late.whatsappId, tag: "message" });
  expect(left()).toEqual([]);
  recover();

  await session.waitForMessage(late.messageId, "delivered");
  const last = await session.say(contact.number, "behind whatever is left of it");
  await session.waitForMessage(last.messageId, "delivered");
  expect(left()).toHaveLength(1);
});
