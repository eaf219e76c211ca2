import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { openDevice } from "./baileys-client.ts";

test("a group text from a device reaches every member's phone and device, and one from a phone comes back", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone({ name: "Ada" });
  const grace = await simulator.createPhone({ name: "Grace" });
  const joan = await simulator.createPhone({ name: "Joan" });
  const outsider = await simulator.createPhone();
  const group = simulator.createGroup({
    subject: "Machines",
    members: [ada.number, grace.number, joan.number],
  });
  await using fromAda = await openDevice(simulator, ada);
  await using fromGrace = await openDevice(simulator, grace);

  for (const text of ["hello all", "and again"]) {
    await fromAda.socket.sendMessage(group.jid, { text });
    await fromGrace.waitForText(text);
    for (const phone of [ada, grace, joan])
      expect(await phone.waitForMessage({ text })).toMatchObject({
        from: ada.number,
        fromDevice: 1,
        to: group.jid,
        kind: "skmsg",
      });
  }

  const { id } = await joan.say(group.jid, "hello from the phone");
  await fromGrace.waitForText("hello from the phone");
  const { messages } = await fromAda.waitForText("hello from the phone");
  expect(messages[0]?.key).toMatchObject({
    id,
    remoteJid: group.jid,
    participant: `${joan.lid}@lid`,
  });
  await ada.waitForMessage({ id });
  await expect
    .poll(() => joan.receipts().filter((receipt) => receipt.id === id).length)
    .toBeGreaterThanOrEqual(2);

  expect(outsider.received()).toEqual([]);
  await expect(outsider.say(group.jid, "may I?")).rejects.toThrow("no group");
  for (const phone of [ada, grace, joan]) expect(phone.undecryptable()).toEqual([]);
  simulator.history.assertNoCounterReuse();
  simulator.history.assertReceivedOnce();
});

test("a member sees the group, an outsider does not", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  await using fromAda = await openDevice(simulator, ada);
  await using fromGrace = await openDevice(simulator, grace);
  const made = await fromAda.socket.groupCreate("Only Ada", []);
  expect(await fromAda.socket.groupMetadata(made.id)).toMatchObject({
    subject: "Only Ada",
    addressingMode: "lid",
    participants: [{ id: `${ada.lid}@lid`, phoneNumber: `${ada.number}@s.whatsapp.net` }],
  });
  expect(Object.keys(await fromAda.socket.groupFetchAllParticipating())).toEqual([made.id]);
  expect(await fromGrace.socket.groupFetchAllParticipating()).toEqual({});
  await expect(fromGrace.socket.groupMetadata(made.id)).rejects.toThrow("item-not-found");
});

test("a group changes, everyone is told, and only members get what comes then", async () => {
  await using simulator = await startSimulator();
  const ada = await simulator.createPhone();
  const grace = await simulator.createPhone();
  const joan = await simulator.createPhone();
  const group = simulator.createGroup({ subject: "Old", members: [ada.number, grace.number] });
  await using fromAda = await openDevice(simulator, ada);
  await using fromGrace = await openDevice(simulator, grace);

  await fromAda.socket.groupUpdateSubject(group.jid, "New");
  const change = [`${joan.number}@s.whatsapp.net`, "4999999999@s.whatsapp.net"];
  const added = await fromAda.socket.groupParticipantsUpdate(group.jid, change, "add");
  expect(added.map(({ status }) => status)).toEqual(["200", "404"]);
  await expect
    .poll(async () => fromGrace.socket.groupMetadata(group.jid))
    .toMatchObject({ subject: "New", size: 3 });
  await fromGrace.waitFor("messages.upsert", ({ messages }) =>
    messages.some(({ messageStubParameters }) => messageStubParameters?.[0] === "New"),
  );
  await fromAda.socket.sendMessage(group.jid, { text: "welcome" });
  await joan.waitForMessage({ text: "welcome" });

  await fromAda.socket.groupParticipantsUpdate(group.jid, [`${joan.lid}@lid`], "remove");
  await fromGrace.socket.groupLeave(group.jid);
  await fromAda.socket.sendMessage(group.jid, { text: "anybody here?" });
  await ada.waitForMessage({ text: "anybody here?" });
  expect(joan.received().map(({ text }) => text)).toEqual(["welcome"]);
  expect(grace.received().map(({ text }) => text)).toEqual(["welcome"]);
});
