import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, freshMemory, openDevice, pairDevice } from "./baileys-client.ts";
import { jidOf, startTwoSides } from "./two-sides.ts";

test.each([
  ["handshake", { closeCode: 1011 }, 428],
  ["handshake", {}, 428],
  ["login", { code: 503 }, 503],
  ["login", { code: 515 }, 515],
  ["login", { conflict: "replaced" }, 440],
  ["drain", { code: 500 }, 500],
  ["drain", {}, 428],
  ["open", { code: 503 }, 503],
  ["open", { closeCode: 1000 }, 428],
] as const)(
  "a connection that ends at %s with %j is reported, and the next one opens",
  async (phase, ending, status) => {
    await using simulator = await startSimulator();
    const own = await simulator.createPhone();
    const contact = await simulator.createPhone();
    const memory = await pairDevice(simulator, own);
    await contact.say(own.number, "waiting");
    simulator.faults.endConnection(phase, { ...ending, times: 1 });
    await using ended = connectBaileys(simulator, memory);
    expect(await ended.closed()).toBe(status);
    await using next = connectBaileys(simulator, memory);
    await next.opened();
  },
);

test("a registration can end before it shows a QR code", async () => {
  await using simulator = await startSimulator();
  simulator.faults.endConnection("pairing", { code: 503, times: 1 });
  await using ended = connectBaileys(simulator, freshMemory());
  expect(await ended.closed()).toBe(503);
  await using next = connectBaileys(simulator, freshMemory());
  await next.qr();
});

test("a message that the server drops comes at the next login", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, simulator } = sides;
  simulator.faults.dropStanzas({ direction: "out", tag: "message", number: own.number, times: 1 });
  await contact.say(own.number, "dropped");
  await contact.say(own.number, "through");
  await device.waitForText("through");
  expect(device.texts()).toEqual(["through"]);
  await device.close();
  await using again = connectBaileys(simulator, device.memory);
  await again.waitForText("dropped");
});

test("an ack that the server drops leaves the message routed", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, simulator } = sides;
  simulator.faults.dropStanzas({ direction: "out", tag: "ack", number: own.number });
  const acks: unknown[] = [];
  device.socket.ws.on("CB:ack,class:message", (ack: unknown) => acks.push(ack));
  await device.socket.sendMessage(jidOf(contact), { text: "no answer" });
  await contact.waitForMessage({ text: "no answer" });
  expect(acks).toEqual([]);
});

test("late stanzas stay in their order", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, simulator } = sides;
  simulator.faults.delayStanzas(80, { direction: "out", tag: "message", times: 2 });
  const texts = ["one", "two", "three", "four"];
  for (const text of texts) await contact.say(own.number, text);
  await device.waitForText("four");
  expect(device.texts()).toEqual(texts);
});

test("messages of different chats may change places, those of one chat never do", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, simulator } = sides;
  const third = await simulator.createPhone();
  simulator.faults.reorderMessages({ number: own.number, times: 1 });
  await contact.say(own.number, "first");
  await third.say(own.number, "overtakes");
  await device.waitForText("first");
  expect(device.texts()).toEqual(["overtakes", "first"]);
  simulator.faults.reorderMessages({ number: own.number, times: 1 });
  await contact.say(own.number, "second");
  await contact.say(own.number, "third");
  await device.waitForText("third");
  expect(device.texts()).toEqual(["overtakes", "first", "second", "third"]);
  simulator.history.assertOrderKept();
});

test("a server that reads slowly gets everything in the end", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, simulator } = sides;
  const end = simulator.faults.readSlowly(30, own.number);
  const texts = ["a", "b", "c"];
  for (const text of texts) await device.socket.sendMessage(jidOf(contact), { text });
  await contact.waitForMessage({ text: "c" });
  end();
  expect(contact.received().map(({ text }) => text)).toEqual(texts);
});

test("receipts and who wants to hear of device changes outlive a restart", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "simulator-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const before = await startSimulator({ dataDir });
  const ada = await before.createPhone();
  const grace = await before.createPhone();
  const device = await openDevice(before, ada);
  const { id } = await grace.say(ada.number, "hello");
  await device.waitForText("hello");
  await device.socket.sendMessage(jidOf(grace), { text: "so that I know your devices" });
  await expect.poll(() => grace.receipts().length).toBe(2);
  await device.close();
  const receipts = grace.receipts();
  await before.stop();

  await using after = await startSimulator({ dataDir });
  const graceAgain = after.phone(grace.number);
  expect(graceAgain?.receipts()).toEqual(receipts);
  expect(receipts[0]?.id).toBe(id);
  await using second = await openDevice(after, graceAgain ?? grace);
  await using back = connectBaileys(after, device.memory);
  await back.opened();
  await back.socket.sendMessage(jidOf(grace), { text: "to both" });
  await second.waitForText("to both");
  const told = after.history
    .stanzas({ direction: "out", tag: "notification", device: `${ada.number}:1@s.whatsapp.net` })
    .filter(({ node }) => node.attrs["type"] === "devices");
  expect(told).toHaveLength(2);
});
