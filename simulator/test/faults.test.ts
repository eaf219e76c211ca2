import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import type { Simulator } from "#simulator/simulator.ts";
import { connectBaileys, openDevice, pairDevice } from "./baileys-client.ts";

const twoPhonesAndADevice = async (simulator: Simulator) => {
  const own = await simulator.createPhone({ sync: "off" });
  const contact = await simulator.createPhone();
  const device = await openDevice(simulator, own, { defaultQueryTimeoutMs: 500 });
  return { own, contact, device, chat: `${contact.number}@s.whatsapp.net` };
};

test("a contact whose device query is never answered gets nothing until the fault ends", async () => {
  await using simulator = await startSimulator();
  const { own, contact, device, chat } = await twoPhonesAndADevice(simulator);
  const end = simulator.faults.neverAnswerUsyncFor(contact.number);
  await device.socket.sendMessage(chat, { text: "into the void" });
  await expect
    .poll(() => simulator.history.stanzas({ direction: "in", tag: "message" }))
    .toHaveLength(1);
  expect(own.received()).toEqual([]);
  end();
  await device.socket.sendMessage(chat, { text: "through" });
  await contact.waitForMessage({ text: "through" });
  expect(contact.received()).toHaveLength(1);
  await device.close();
});

test("a refused message is acked with the code, reaches nobody, and the next one passes", async () => {
  await using simulator = await startSimulator();
  const { contact, device, chat } = await twoPhonesAndADevice(simulator);
  simulator.faults.ackError(479, 1, contact.number);
  const sent = await device.socket.sendMessage(chat, { text: "refused" });
  const updates = await device.waitFor("messages.update", (list) =>
    list.some(({ key }) => key.id === sent?.key.id),
  );
  expect(updates[0]?.update).toMatchObject({ status: 0, messageStubParameters: ["479"] });
  await device.socket.sendMessage(chat, { text: "accepted" });
  await contact.waitForMessage({ text: "accepted" });
  expect(contact.received().map(({ text }) => text)).toEqual(["accepted"]);
  await device.close();
});

test("with held acks a message is delivered but never acknowledged", async () => {
  await using simulator = await startSimulator();
  const { contact, device, chat } = await twoPhonesAndADevice(simulator);
  const end = simulator.faults.holdAcks(contact.number);
  const ackedIds = (): (string | undefined)[] =>
    simulator.history
      .stanzas({ direction: "out", tag: "ack" })
      .filter(({ node }) => node.attrs["class"] === "message")
      .map(({ node }) => node.attrs["id"]);
  await device.socket.sendMessage(chat, { text: "held" });
  await contact.waitForMessage({ text: "held" });
  expect(ackedIds()).toEqual([]);
  end();
  const sent = await device.socket.sendMessage(chat, { text: "acked" });
  await contact.waitForMessage({ text: "acked" });
  expect(ackedIds()).toEqual([sent?.key.id]);
  await device.close();
});

test("a connection can be cut before or after the server takes a message", async () => {
  await using simulator = await startSimulator();
  const { contact, device, chat } = await twoPhonesAndADevice(simulator);
  await device.socket.sendMessage(chat, { text: "first" });
  await contact.waitForMessage({ text: "first" });

  simulator.faults.cutBeforeRouting(1);
  await device.socket.sendMessage(chat, { text: "lost" });
  expect(await device.closed()).toBe(428);
  await using second = connectBaileys(simulator, device.memory);
  await second.opened();

  simulator.faults.cutBeforeAck(1);
  await second.socket.sendMessage(chat, { text: "taken" });
  expect(await second.closed()).toBe(428);
  await contact.waitForMessage({ text: "taken" });
  expect(contact.received().map(({ text }) => text)).toEqual(["first", "taken"]);
});

test("a login can be refused with any reason, as often as asked for", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  const memory = await pairDevice(simulator, phone);
  simulator.faults.loginFailure(503, 1);
  await using refused = connectBaileys(simulator, memory);
  expect(await refused.closed()).toBe(503);
  await using accepted = connectBaileys(simulator, memory);
  await accepted.opened();
});

test("a silent server answers nothing, and a client that comes gives up with 408", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  const memory = await pairDevice(simulator, phone);
  const end = simulator.faults.goSilent();
  await using waiting = connectBaileys(simulator, memory, { connectTimeoutMs: 300 });
  expect(await waiting.closed()).toBe(408);
  end();
  await using served = connectBaileys(simulator, memory);
  await served.opened();
});

test("streams end with the error that was asked for", async () => {
  await using simulator = await startSimulator();
  const { own, device } = await twoPhonesAndADevice(simulator);
  simulator.closeStream({ phone: own.number, device: 1 }, { code: 503 });
  expect(await device.closed()).toBe(503);
  await using again = connectBaileys(simulator, device.memory);
  await again.opened();
  simulator.dropConnections();
  expect(await again.closed()).toBe(428);
});

test("an upgrade can be refused with an HTTP status", async () => {
  await using simulator = await startSimulator();
  simulator.faults.refuseUpgrade(403, 1);
  const attempt = (): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(simulator.url);
      socket.addEventListener("open", () => {
        socket.close();
        resolve("open");
      });
      socket.addEventListener("error", () => resolve("refused"));
    });
  expect(await attempt()).toBe("refused");
  expect(await attempt()).toBe("open");
});
