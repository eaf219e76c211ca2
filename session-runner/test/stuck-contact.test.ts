import { expect, test, vi } from "vitest";
import { startRig } from "./start-rig.ts";

test("a contact whose devices WhatsApp never names delays nobody else and ends with a reason", async () => {
  await using rig = await startRig({ env: { WAFLEET_QUERY_TIMEOUT_MS: "4000" } });
  await rig.startRunner("worker-1");
  const { session } = await rig.pairedSession();
  const stuck = await rig.simulator.createPhone();
  const reachable = await rig.simulator.createPhone();
  rig.simulator.faults.neverAnswerUsyncFor(stuck.number);

  const lost = await session.say(stuck.number, "into the void");
  const other = await session.say(reachable.number, "to a friend");
  const sent = await session.waitForMessage(other.messageId, "sent");
  const failed = await session.waitForMessage(lost.messageId, "failed");

  expect(failed.data.reason).toBe("recipient_unanswered");
  expect(rig.events.indexOf(sent)).toBeLessThan(rig.events.indexOf(failed));
  const empty = rig.simulator.history
    .stanzas({ direction: "in", tag: "message" })
    .filter(({ node }) => !Array.isArray(node.content) || node.content.length === 0);
  expect(empty).toEqual([]);
  expect(rig.simulator.history.stanzas({ direction: "in", id: lost.whatsappId })).toEqual([]);
});

test("a session that is stopped does not wait for what WhatsApp never answers", async () => {
  await using rig = await startRig({ env: { WAFLEET_QUERY_TIMEOUT_MS: "600000" } });
  await rig.startRunner("worker-1");
  const { session } = await rig.pairedSession();
  const stuck = await rig.simulator.createPhone();
  rig.simulator.faults.neverAnswerUsyncFor(stuck.number);

  await session.say(stuck.number, "into the void");
  const asked = () =>
    rig.simulator.history
      .stanzas({ direction: "in", tag: "iq" })
      .filter(({ node }) => JSON.stringify(node).includes(stuck.number));
  await vi.waitFor(() => expect(asked()).not.toEqual([]), { timeout: 20_000 });
  await session.stop();
  await session.waitForStatus("inactive");
});
