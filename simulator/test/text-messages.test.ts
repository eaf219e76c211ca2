import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { openDevice } from "./baileys-client.ts";

test("a text from a device reaches the contact's phone and its own phone, and is acked, delivered and read", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone({ name: "Ada" });
  const contact = await simulator.createPhone({ name: "Grace" });
  await using device = await openDevice(simulator, own);

  const acked = new Promise<Record<string, string>>((resolve) => {
    device.socket.ws.on("CB:ack,class:message", ({ attrs }) => resolve(attrs));
  });
  const sent = await device.socket.sendMessage(`${contact.number}@s.whatsapp.net`, {
    text: "hello",
  });
  const id = sent?.key.id ?? "";

  expect(await contact.waitForMessage({ text: "hello" })).toMatchObject({
    id,
    from: own.number,
    fromDevice: 1,
    kind: "pkmsg",
  });
  expect(await own.waitForMessage({ id })).toMatchObject({
    from: own.number,
    to: contact.number,
    text: "hello",
  });
  const ack = await acked;
  expect(ack).toMatchObject({ id, class: "message" });
  expect(ack["error"]).toBeUndefined();

  const status = (wanted: number) =>
    device.waitFor("messages.update", (updates) =>
      updates.some(({ key, update }) => key.id === id && Number(update.status) === wanted),
    );
  const delivered = 3;
  const read = 4;
  await status(delivered);
  await contact.read(id);
  await status(read);
});

test("a text from a contact arrives at the device, and the contact hears that it was delivered", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone({ name: "Ada" });
  const contact = await simulator.createPhone({ name: "Grace" });
  await using device = await openDevice(simulator, own);

  const { id } = await contact.say(own.number, "good morning");
  const { messages, type } = await device.waitForText("good morning");
  expect(type).toBe("notify");
  expect(messages[0]).toMatchObject({
    pushName: "Grace",
    key: { id, fromMe: false, remoteJid: `${contact.number}@s.whatsapp.net` },
  });
  expect(await own.waitForMessage({ id })).toMatchObject({ text: "good morning" });
  await expect
    .poll(() => contact.receipts().filter((receipt) => receipt.id === id))
    .toHaveLength(2);

  await device.socket.readMessages([messages[0]?.key ?? {}]);
  await expect.poll(() => contact.receipts().map(({ type }) => type)).toContain("read");
});

test("a conversation moves from first-contact messages to plain ones, each decrypted once", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);

  for (let round = 1; round <= 3; round += 1) {
    await device.socket.sendMessage(`${contact.number}@s.whatsapp.net`, { text: `ask ${round}` });
    await contact.waitForMessage({ text: `ask ${round}` });
    await contact.say(own.number, `answer ${round}`);
    await device.waitForText(`answer ${round}`);
  }
  const asked = contact.received();
  expect(asked.map(({ text }) => text)).toEqual(["ask 1", "ask 2", "ask 3"]);
  expect(asked.map(({ kind }) => kind)).toEqual(["pkmsg", "msg", "msg"]);
  expect(contact.undecryptable()).toEqual([]);
  expect(own.undecryptable()).toEqual([]);
  simulator.history.assertNoCounterReuse();
  simulator.history.assertReceivedOnce();
});

test("what a phone says itself also appears on its own devices", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);

  await own.say(contact.number, "typed on the phone");
  const { messages } = await device.waitForText("typed on the phone");
  expect(messages[0]?.key).toMatchObject({
    fromMe: true,
    remoteJid: `${contact.number}@s.whatsapp.net`,
  });
});

test("two linked devices of different accounts write to each other", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await using fromAda = await openDevice(simulator, ada);
  await using fromGrace = await openDevice(simulator, grace);

  await fromAda.socket.sendMessage(`${grace.number}@s.whatsapp.net`, { text: "to the device" });
  await fromGrace.waitForText("to the device");
  await fromGrace.socket.sendMessage(`${ada.number}@s.whatsapp.net`, { text: "and back" });
  await fromAda.waitForText("and back");
  simulator.history.assertNoCounterReuse();
});
