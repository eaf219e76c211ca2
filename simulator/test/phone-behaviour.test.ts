import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { children } from "#simulator/stanza/read-node.ts";
import { openDevice } from "./baileys-client.ts";

test("a phone without automatic receipts says nothing, one with automatic reading says both", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const quiet = await simulator.createPhone({ autoReceipts: false });
  const eager = await simulator.createPhone({ autoRead: true });
  await using device = await openDevice(simulator, own);
  await device.socket.sendMessage(`${quiet.number}@s.whatsapp.net`, { text: "quiet" });
  await device.socket.sendMessage(`${eager.number}@s.whatsapp.net`, { text: "eager" });
  const { id } = await eager.waitForMessage({ text: "eager" });
  const receiptsFor = (wanted: string): (string | undefined)[] =>
    simulator.history
      .stanzas({ direction: "out", tag: "receipt", id: wanted })
      .map(({ node }) => node.attrs["type"]);
  await expect.poll(() => receiptsFor(id)).toEqual([undefined, "read", "read"]);
  expect(receiptsFor((await quiet.waitForMessage({ text: "quiet" })).id)).toEqual([]);
});

test("a phone that does not decrypt still receives and confirms", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone({ decrypt: false });
  const contact = await simulator.createPhone({ decrypt: false });
  await using device = await openDevice(simulator, own);
  const sent = await device.socket.sendMessage(`${contact.number}@s.whatsapp.net`, { text: "?" });
  const id = sent?.key.id ?? "";
  expect(await contact.waitForMessage({ id })).toMatchObject({ text: "", from: own.number });
  await device.waitFor("messages.update", (updates) => updates.some(({ key }) => key.id === id));
});

test("a phone whose one-time keys run out makes new ones", async () => {
  await using simulator = await startSimulator();
  const popular = await simulator.createPhone();
  const visitors = 45;
  for (let count = 1; count <= visitors; count += 1) {
    const visitor = await simulator.createPhone();
    await visitor.say(popular.number, `hello ${count}`);
  }
  await popular.waitForMessage({ text: `hello ${visitors}` });
  expect(popular.received()).toHaveLength(visitors);
  expect(popular.undecryptable()).toEqual([]);
});

test("a device is told when few of its one-time keys are left, and uploads more", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const other = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  await using visitor = await openDevice(simulator, other);
  const initialKeys = 812;
  const user = { tag: "user", attrs: { jid: `${own.lid}:1@lid` } };
  await visitor.socket.query({
    tag: "iq",
    attrs: { to: "@s.whatsapp.net", type: "get", xmlns: "encrypt" },
    content: [
      { tag: "key", attrs: {}, content: Array.from({ length: initialKeys - 3 }, () => user) },
    ],
  });
  const left = async (): Promise<unknown> => {
    const answer = await device.socket.query({
      tag: "iq",
      attrs: { to: "@s.whatsapp.net", type: "get", xmlns: "encrypt" },
      content: [{ tag: "count", attrs: {} }],
    });
    return children(answer, "count")[0]?.attrs["value"];
  };
  const uploadedAtOnce = 5;
  await expect.poll(left).toBe(String(3 + uploadedAtOnce));
  await other.say(own.number, "with a new key");
  await device.waitForText("with a new key");
});

test("who is on WhatsApp and who is not", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  const found = await device.socket.onWhatsApp(contact.number, "4999999999");
  expect(found).toEqual([{ jid: `${contact.number}@s.whatsapp.net`, exists: true }]);
});

test("a chat addressed by LID works like one by number", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  await device.socket.sendMessage(`${contact.lid}@lid`, { text: "by LID" });
  await contact.waitForMessage({ text: "by LID", from: own.number });
  await own.waitForMessage({ text: "by LID" });
  await contact.say(own.number, "back by number");
  await device.waitForText("back by number");
  expect(contact.undecryptable()).toEqual([]);
});

test("waiting for a message that does not come fails and tells what came instead", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await ada.say(grace.number, "something else");
  await expect(grace.waitForMessage({ text: "wanted" }, 50)).rejects.toThrow("something else");
});

test("the history keeps no more than its limit", async () => {
  await using simulator = await startSimulator({ historyLimit: 10 });
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  for (let count = 0; count < 20; count += 1) await ada.say(grace.number, `text ${count}`);
  await grace.waitForMessage({ text: "text 19" });
  expect(simulator.history.stanzas()).toHaveLength(10);
});

test("a phone sends more than texts: a reaction reaches the device as one", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  const chat = `${contact.number}@s.whatsapp.net`;
  const sent = await device.socket.sendMessage(chat, { text: "do you like it?" });
  await contact.waitForMessage({ text: "do you like it?" });
  await contact.send(own.number, { reactionMessage: { key: sent?.key ?? null, text: "+1" } });
  const reaction = await device.waitFor("messages.upsert", ({ messages }) =>
    messages.some(({ message }) => message?.reactionMessage?.text === "+1"),
  );
  expect(reaction.messages[0]?.message?.reactionMessage?.key?.id).toBe(sent?.key.id);
});

test("a phone does not believe a companion whose device identity somebody changed", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own, { maxMsgRetryCount: 0 });
  const { account } = device.memory.creds;
  const signature = account?.deviceSignature;
  if (signature) signature[3] = (signature[3] ?? 0) ^ 1;
  await device.socket.sendMessage(`${contact.number}@s.whatsapp.net`, { text: "trust me" });
  await expect.poll(() => contact.undecryptable()).toHaveLength(1);
  expect(contact.undecryptable()[0]?.reason).toContain("not signed by the device");
  expect(contact.received()).toEqual([]);
});

test("typing is seen by the other side's connected device", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await using fromAda = await openDevice(simulator, ada);
  await using fromGrace = await openDevice(simulator, grace);
  const seen = new Promise<string>((resolve) => {
    fromGrace.socket.ev.on("presence.update", ({ id }) => resolve(id));
  });
  await fromAda.socket.sendPresenceUpdate("composing", `${grace.number}@s.whatsapp.net`);
  expect(await seen).toBe(`${ada.number}:1@s.whatsapp.net`);
});
