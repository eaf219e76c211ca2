import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, freshMemory, openDevice, pairDevice } from "./baileys-client.ts";

test("a device that the phone unlinks is told so with 401, and refused with 401 ever after", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  await using device = await openDevice(simulator, phone);
  await phone.unlink(1);
  expect(await device.closed()).toBe(401);
  expect(phone.devices().map(({ device }) => device)).toEqual([0]);

  await using again = connectBaileys(simulator, device.memory);
  expect(await again.closed()).toBe(401);
  await expect(phone.unlink(1)).rejects.toThrow("has no companion 1");
});

test("somebody who knows a device's name but not its key is refused with 401", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  const memory = await pairDevice(simulator, phone);
  const impostor = {
    ...memory,
    creds: { ...memory.creds, noiseKey: freshMemory().creds.noiseKey },
  };
  await using refused = connectBaileys(simulator, impostor);
  expect(await refused.closed()).toBe(401);
  await using accepted = connectBaileys(simulator, memory);
  await accepted.opened();
});

test("a device that logs out is no longer linked", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  await using device = await openDevice(simulator, phone);
  await device.socket.logout();
  await expect.poll(() => phone.devices()).toHaveLength(1);
});

test("the second login of a device replaces the first, which ends with 440", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  await using first = await openDevice(simulator, phone);
  await using second = connectBaileys(simulator, first.memory);
  expect(await first.closed()).toBe(440);
  await second.opened();
  expect(phone.devices()[1]?.online).toBe(true);
});

test("a contact's new device gets the next message, and a removed one no longer stops any", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await using fromAda = await openDevice(simulator, ada);
  const chat = `${grace.number}@s.whatsapp.net`;
  await fromAda.socket.sendMessage(chat, { text: "only a phone" });
  await grace.waitForMessage({ text: "only a phone" });

  await using fromGrace = await openDevice(simulator, grace);
  await expect
    .poll(() => simulator.history.stanzas({ direction: "in", tag: "ack" }).length)
    .toBeGreaterThan(0);
  await fromAda.socket.sendMessage(chat, { text: "now a device, too" });
  await fromGrace.waitForText("now a device, too");

  await grace.unlink(1);
  await fromGrace.closed();
  await fromAda.socket.sendMessage(chat, { text: "a phone again" });
  await grace.waitForMessage({ text: "a phone again" });
});

test("what a device sent before it was removed still arrives", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  contact.goOffline();
  await device.socket.sendMessage(`${contact.number}@s.whatsapp.net`, { text: "last words" });
  await own.waitForMessage({ text: "last words" });
  await own.unlink(1);
  await contact.goOnline();
  expect(contact.received()).toMatchObject([{ text: "last words", fromDevice: 1 }]);
});
