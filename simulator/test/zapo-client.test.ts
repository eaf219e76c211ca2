// A second client, written without Baileys: what holds for both is the protocol, not a habit of one.
import { expect, test } from "vitest";
import { generateKeyPair } from "#simulator/noise/curve.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import type { Simulator } from "#simulator/simulator.ts";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, freshMemory } from "./baileys-client.ts";
import { connectZapo, makeZapoStore } from "./zapo-client.ts";

const isOnline = (phone: Phone, device: number): boolean =>
  phone.devices().some((each) => each.device === device && each.online);

/** A paired client that has logged in by itself. */
const openZapo = async (simulator: Simulator, phone: Phone, store = makeZapoStore()) => {
  const zapo = await connectZapo(simulator, store);
  const { device } = await phone.scan(await zapo.qr());
  // Once while it is linked, once as what it is then; its own view comes after the server's.
  const connected = () => zapo.log.filter((line) => line === "comms connected");
  await zapo.until(() => isOnline(phone, device) && connected().length === 2);
  return zapo;
};

test("a client that is not Baileys pairs, sends and receives, and sees that it was read", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone({ name: "Ada" });
  const grace = await simulator.createPhone({ name: "Grace" });
  await using zapo = await openZapo(simulator, ada);

  const sent = await zapo.client.sendMessage(`${grace.number}@s.whatsapp.net`, "good morning");
  await grace.waitForMessage({ text: "good morning", from: ada.number });
  await ada.waitForMessage({ text: "good morning" });
  await grace.read(sent.id);
  const receipts = () => zapo.seen.message_receipt.filter(({ stanzaId }) => stanzaId === sent.id);
  await zapo.until(() => receipts().length === 2);
  expect(receipts().map(({ stanzaType }) => stanzaType)).toEqual([undefined, "read"]);

  const { id } = await grace.say(ada.number, "and to you");
  await zapo.until(() => zapo.texts().includes("and to you"));
  await expect.poll(() => grace.receipts().filter((each) => each.id === id).length).toBe(2);
  simulator.history.assertNoCounterReuse();
  expect(grace.undecryptable()).toEqual([]);
});

test("it comes back with the server key that it knows, without a certificate", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  const store = makeZapoStore();
  const first = await openZapo(simulator, ada, store);
  await first.client.disconnect();
  await first.until(() => !isOnline(ada, 1));
  await grace.say(ada.number, "while you were away");

  await using second = await connectZapo(simulator, store);
  await second.until(() => second.texts().includes("while you were away"));
  expect(second.seen.connection.map(({ status }) => status)).toEqual(["open"]);
});

test("it comes back although the server's key is not the one that it knows", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const store = makeZapoStore();
  const first = await openZapo(simulator, ada, store);
  await first.client.disconnect();
  const { auth } = store.session("test");
  const credentials = await auth.load();
  if (!credentials) throw new Error("the client saved no credentials");
  await auth.save({ ...credentials, serverStaticKey: generateKeyPair().publicKey });

  await using second = await connectZapo(simulator, store);
  await second.until(() => isOnline(ada, 1));
  expect(second.seen.connection.map(({ status }) => status)).toEqual(["open"]);
});

test("it compares its keys with the server's, and finds them the same", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  await using zapo = await openZapo(simulator, ada);
  await zapo.until(() => zapo.log.includes("signal digest validated"));
  expect(simulator.history.stanzas({ unhandled: true })).toEqual([]);
});

test("it and Baileys understand each other in a chat and in a group", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  const group = simulator.createGroup({ subject: "Both", members: [ada.number, grace.number] });
  await using zapo = await openZapo(simulator, ada);
  const memory = freshMemory();
  await using pairing = connectBaileys(simulator, memory);
  await grace.scan(await pairing.qr());
  await pairing.closed();
  await using baileys = connectBaileys(simulator, memory);
  await baileys.opened();

  await zapo.client.sendMessage(`${grace.number}@s.whatsapp.net`, "to Baileys");
  await baileys.waitForText("to Baileys");
  await baileys.socket.sendMessage(`${ada.number}@s.whatsapp.net`, { text: "to zapo" });
  await zapo.until(() => zapo.texts().includes("to zapo"));
  await baileys.socket.sendMessage(group.jid, { text: "to the group" });
  await zapo.until(() => zapo.texts().includes("to the group"));
  await zapo.client.sendMessage(group.jid, "from zapo to the group");
  await baileys.waitForText("from zapo to the group");
  simulator.history.assertNoCounterReuse();
});

test("it is told when its phone unlinks it", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  await using zapo = await openZapo(simulator, ada);
  await ada.unlink(1);
  await zapo.until(() => zapo.seen.connection.some(({ isLogout }) => isLogout));
});
