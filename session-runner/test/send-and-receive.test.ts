import { expect, test } from "vitest";
import { startRig } from "./start-rig.ts";

test("a linked session sends a text, hears of its delivery and reading, and receives the answer", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session, phone } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone({ name: "Contact" });

  const { messageId, whatsappId } = await session.say(contact.number, "hello");
  await session.waitForMessage(messageId, "sent");
  await contact.waitForMessage({ text: "hello" });
  await session.waitForMessage(messageId, "delivered");
  await contact.read(whatsappId);
  await session.waitForMessage(messageId, "read");

  await contact.say(phone.number, "good day");
  const { data } = await session.waitForReceived("good day");
  expect(data.from.phone).toBe(`+${contact.number}`);
  expect(data.fromMe).toBe(false);
  rig.simulator.history.assertReceivedOnce();
});
