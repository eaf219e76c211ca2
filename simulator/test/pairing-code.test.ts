import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, freshMemory } from "./baileys-client.ts";

test("a device that shows a pairing code is linked by the phone on which the code is typed", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  const contact = await simulator.createPhone();
  const memory = freshMemory();
  await using first = connectBaileys(simulator, memory);
  await first.qr();
  const code = await first.socket.requestPairingCode(phone.number);
  await expect
    .poll(() => simulator.history.stanzas({ direction: "in", tag: "iq" }))
    .toHaveLength(2);
  await expect(contact.enterPairingCode(code)).rejects.toThrow("ask it for one first");
  const linked = await phone.enterPairingCode(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`);
  expect(await first.closed()).toBe(515);
  expect(linked.jid).toBe(`${phone.number}:1@s.whatsapp.net`);

  await using second = connectBaileys(simulator, memory);
  await second.opened();
  await contact.say(phone.number, "welcome");
  await second.waitForText("welcome");
});

test("a wrong pairing code links nothing", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  await using device = connectBaileys(simulator, freshMemory());
  await device.qr();
  await device.socket.requestPairingCode(phone.number, "AAAA2222");
  await expect
    .poll(() => simulator.history.stanzas({ direction: "in", tag: "iq" }))
    .toHaveLength(2);
  await expect(phone.enterPairingCode("12")).rejects.toThrow("eight letters");
  await expect(phone.enterPairingCode("AAAA3333")).rejects.toThrow("wrong pairing code");
  expect(phone.devices()).toHaveLength(1);
});
