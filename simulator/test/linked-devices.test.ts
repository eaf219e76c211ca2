import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, freshMemory, openDevice, pairDevice } from "./baileys-client.ts";
import { jidOf } from "./two-sides.ts";

test("a second companion of a contact gets what is sent after it was linked, in every kind of chat", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  const group = simulator.createGroup({ subject: "Both", members: [ada.number, grace.number] });
  await using fromAda = await openDevice(simulator, ada);
  const chats = [jidOf(grace), `${grace.lid}@lid`, group.jid];
  for (const chat of chats) await fromAda.socket.sendMessage(chat, { text: `early in ${chat}` });
  await using second = await openDevice(simulator, grace);
  const told = (): unknown[] =>
    simulator.history
      .stanzas({ direction: "in", device: `${ada.number}:1@s.whatsapp.net`, tag: "ack" })
      .filter(({ node }) => node.attrs["type"] === "devices");
  await expect.poll(told).toHaveLength(2);
  for (const chat of chats) {
    await fromAda.socket.sendMessage(chat, { text: `late in ${chat}` });
    await second.waitForText(`late in ${chat}`);
  }
  expect(second.texts().filter((text) => text.startsWith("early"))).toEqual([]);
});

test("what one companion sends comes to the other companions of the account", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await using first = await openDevice(simulator, ada);
  await using second = await openDevice(simulator, ada);
  await first.socket.sendMessage(jidOf(grace), { text: "from the first" });
  const { messages } = await second.waitForText("from the first");
  expect(messages[0]?.key).toMatchObject({ fromMe: true, remoteJid: jidOf(grace) });
  const lists = simulator.history
    .stanzas({ direction: "out", device: `${ada.number}:1@s.whatsapp.net`, tag: "notification" })
    .filter(({ node }) => node.attrs["type"] === "account_sync");
  expect(lists).toHaveLength(1);
});

test("a removed companion gets nothing that is sent afterwards", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await using fromAda = await openDevice(simulator, ada);
  await using second = await openDevice(simulator, grace);
  await fromAda.socket.sendMessage(jidOf(grace), { text: "before" });
  await second.waitForText("before");
  await grace.unlink(1);
  expect(await second.closed()).toBe(401);
  const acks = (): unknown[] =>
    simulator.history
      .stanzas({ direction: "in", device: `${ada.number}:1@s.whatsapp.net`, tag: "ack" })
      .filter(({ node }) => node.attrs["type"] === "devices");
  await expect.poll(acks).toHaveLength(2);
  const sent = await fromAda.socket.sendMessage(jidOf(grace), { text: "after" });
  await grace.waitForMessage({ text: "after" });
  const [stanza] = simulator.history.stanzas({ direction: "in", id: sent?.key.id ?? "" });
  expect(JSON.stringify(stanza?.node)).not.toContain(`${grace.number}:1@`);
});

test("a phone links four devices and no fifth, until one is unlinked", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  for (let count = 1; count <= 4; count += 1) await pairDevice(simulator, phone);
  await using fifth = connectBaileys(simulator, freshMemory());
  const qr = await fifth.qr();
  await expect(phone.scan(qr)).rejects.toThrow("4 linked devices");
  await phone.unlink(2);
  await phone.scan(qr);
  expect(await fifth.closed()).toBe(515);
  expect(phone.devices().map(({ device }) => device)).toEqual([0, 1, 3, 4, 5]);
});

test("an account that demands a passkey asks the companion for it and links nothing", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone({ passkey: true });
  await using device = connectBaileys(simulator, freshMemory());
  const demanded = new Promise((resolve) => {
    device.socket.ws.on("CB:notification,type:passkey_prologue_request", resolve);
  });
  await expect(phone.scan(await device.qr())).rejects.toThrow("passkey");
  await demanded;
  expect(phone.devices()).toHaveLength(1);
});

test("a phone answers in a chat that is addressed by LID", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await using device = await openDevice(simulator, ada);
  const { id } = await grace.say(`${ada.lid}@lid`, "by LID");
  const { key } = await device.waitForMessage((message) => message.key.id === id);
  expect(key).toMatchObject({ remoteJid: `${grace.lid}@lid`, remoteJidAlt: jidOf(grace) });
  await device.socket.sendMessage(`${grace.lid}@lid`, { text: "answer" });
  await grace.waitForMessage({ text: "answer" });
});
