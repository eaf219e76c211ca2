import { randomBytes } from "node:crypto";
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

test("a message larger than any item comes in, cut, and what follows it as well", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const { session, phone } = await rig.pairedSession();
  const contact = await rig.simulator.createPhone({ name: "Contact" });
  // Nothing that could be compressed.
  const large = randomBytes(500_000).toString("base64");
  await contact.say(phone.number, large);
  const options = Array.from({ length: 500 }, () => randomBytes(300).toString("base64"));
  await contact.poll(phone.number, "Which?", options);
  await contact.say(phone.number, "good day");
  await session.waitForReceived("good day");
  const received = session
    .events()
    .flatMap(({ type, data }) => (type === "message.received" ? [data.content] : []));
  expect(received.map(({ type }) => type)).toEqual(["text", "poll", "text"]);
  const [first] = received;
  const body = first?.type === "text" ? first.text.body : "";
  expect(body.length).toBeGreaterThan(100_000);
  expect(large.startsWith(body)).toBe(true);
});
