import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { openDevice } from "./baileys-client.ts";

test("a message sent again under its id is acked again but shown once", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  const chat = `${contact.number}@s.whatsapp.net`;
  const options = { messageId: "3EB0123456789ABCDEF012" };
  await device.socket.sendMessage(chat, { text: "once" }, options);
  await device.socket.sendMessage(chat, { text: "once" }, options);
  await device.socket.sendMessage(chat, { text: "next" });
  await contact.waitForMessage({ text: "next" });

  expect(contact.received().map(({ text }) => text)).toEqual(["once", "next"]);
  expect(contact.undecryptable()).toEqual([]);
  const acks = simulator.history.stanzas({ direction: "out", tag: "ack", id: options.messageId });
  expect(acks.filter(({ node }) => node.attrs["class"] === "message")).toHaveLength(2);
  simulator.history.assertNoCounterReuse();
  expect(() => simulator.history.assertReceivedOnce()).toThrow(options.messageId);
});

test("the very same stanza twice is a duplicate, not a failure", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  const chat = `${contact.number}@s.whatsapp.net`;
  await device.socket.sendMessage(chat, { text: "once" });
  await contact.waitForMessage({ text: "once" });
  const [stanza] = simulator.history.stanzas({ direction: "in", tag: "message" });
  if (stanza) await device.socket.sendNode(stanza.node);
  await device.socket.sendMessage(chat, { text: "next" });
  await contact.waitForMessage({ text: "next" });
  expect(contact.received().map(({ text }) => text)).toEqual(["once", "next"]);
  expect(contact.undecryptable()).toEqual([]);
  simulator.history.assertReceivedOnce();
});

test("a message that a phone cannot decrypt is asked for again and then shown", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own, { retryRequestDelayMs: 1 });
  const chat = `${contact.number}@s.whatsapp.net`;
  await device.socket.sendMessage(chat, { text: "one" });
  await contact.waitForMessage({ text: "one" });
  await contact.say(own.number, "settled");
  await device.waitForText("settled");

  // The device loses a ratchet step of its session with the contact.
  const key = [...device.memory.keys.keys()].find((name) => name === `session/${contact.lid}_1.0`);
  const step = structuredClone(device.memory.keys.get(key ?? ""));
  await device.socket.sendMessage(chat, { text: "two" });
  await contact.waitForMessage({ text: "two" });
  device.memory.keys.set(key ?? "", step);
  await device.socket.sendMessage(chat, { text: "three" });

  await contact.waitForMessage({ text: "three" });
  expect(contact.undecryptable()).toHaveLength(1);
  expect(contact.received().map(({ text }) => text)).toEqual(["one", "two", "three"]);
});
