import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, copyMemory, openDevice, pairDevice } from "./baileys-client.ts";

test("messages for a disconnected device are kept and come in order at its next login, once", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone({ sync: "off" });
  const contact = await simulator.createPhone();
  const first = await openDevice(simulator, own);
  await first.close();
  await expect.poll(() => own.devices()[1]?.online).toBe(false);

  const wanted = ["one", "two", "three", "four"];
  for (const text of wanted) await contact.say(own.number, text);
  await using second = connectBaileys(simulator, first.memory);
  await second.opened();
  await second.waitForText("four");
  expect(second.texts()).toEqual(wanted);
  expect(second.events("messages.upsert").map(({ type }) => type)).not.toContain("notify");
  const drained = simulator.history
    .stanzas({ direction: "out", tag: "message", device: `${own.number}:1@s.whatsapp.net` })
    .map(({ node }) => node.attrs["offline"]);
  expect(drained).toEqual(["0", "1", "2", "3"]);

  await second.close();
  simulator.history.clear();
  await using third = connectBaileys(simulator, first.memory);
  await third.opened();
  expect(simulator.history.stanzas({ direction: "out", tag: "message" })).toEqual([]);
});

test("a message that was not confirmed before the connection was lost comes again", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using first = await openDevice(simulator, own);
  await contact.say(own.number, "confirmed");
  await first.waitForText("confirmed");
  await expect.poll(() => contact.receipts().length).toBeGreaterThan(1);
  const disk = copyMemory(first.memory);

  // Mute: it still receives, but its receipts go nowhere, as in a crash just before them.
  const pretend = (_bytes: unknown, done?: () => void): void => done?.();
  Reflect.set(Reflect.get(first.socket.ws, "socket") as object, "send", pretend);
  await contact.say(own.number, "unconfirmed");
  await first.waitForText("unconfirmed");
  simulator.dropConnections({ phone: own.number });
  await first.closed();

  await using second = connectBaileys(simulator, disk);
  await second.waitForText("unconfirmed");
  expect(second.texts()).toEqual(["unconfirmed"]);
});

test("receipts for a disconnected device wait for it, too", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone({ autoReceipts: false });
  const first = await openDevice(simulator, own);
  const sent = await first.socket.sendMessage(`${contact.number}@s.whatsapp.net`, { text: "hi" });
  const { id } = await contact.waitForMessage({ text: "hi" });
  await first.close();
  await contact.read(id);

  await using second = connectBaileys(simulator, first.memory);
  const updates = await second.waitFor("messages.update", (list) =>
    list.some(({ key }) => key.id === sent?.key.id),
  );
  const read = 4;
  expect(updates[0]?.update.status).toBe(read);
});

test("a phone that is offline gets everything in order when it is online again", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  contact.goOffline();
  await expect(contact.say(own.number, "no network")).rejects.toThrow("offline");
  for (const text of ["a", "b", "c"])
    await device.socket.sendMessage(`${contact.number}@s.whatsapp.net`, { text });
  await own.waitForMessage({ text: "c" });
  expect(contact.received()).toEqual([]);
  await contact.goOnline();
  expect(contact.received().map(({ text }) => text)).toEqual(["a", "b", "c"]);
});

test("a device that is paired while messages come misses none of them after pairing", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  const memory = await pairDevice(simulator, own);
  await contact.say(own.number, "before the first login");
  await using device = connectBaileys(simulator, memory);
  await device.waitForText("before the first login");
});
