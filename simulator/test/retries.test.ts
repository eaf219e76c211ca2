import { proto } from "@whiskeysockets/baileys";
import { expect, test } from "vitest";
import { children } from "#simulator/stanza/read-node.ts";
import { jidOf, startTwoSides } from "./two-sides.ts";

test("a device that cannot decrypt a phone's message asks again and gets it, in both kinds of chat", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, chats, simulator } = sides;
  for (const { forContact, name } of chats) {
    await contact.say(forContact, `before ${name}`);
    await device.waitForText(`before ${name}`);
    const end = simulator.faults.corruptMessages({ toNumber: own.number });
    const { id } = await contact.say(forContact, `damaged ${name}`);
    await expect
      .poll(
        () =>
          contact.receipts().filter((receipt) => receipt.id === id && receipt.type === "retry")
            .length,
      )
      .toBeGreaterThan(0);
    end();
    await device.waitForText(`damaged ${name}`);
    expect(
      contact.receipts().some((receipt) => receipt.id === id && receipt.type === "retry"),
    ).toBe(true);
    await contact.say(forContact, `after ${name}`);
    await device.waitForText(`after ${name}`);
  }
  simulator.history.assertNoCounterReuse();
});

test("a phone that cannot decrypt a device's message asks again and gets it, in both kinds of chat", async () => {
  await using sides = await startTwoSides();
  const { device, contact, chats, simulator } = sides;
  for (const { forDevice, name } of chats) {
    simulator.faults.corruptMessages({ toNumber: contact.number, times: 1 });
    await device.socket.sendMessage(forDevice, { text: `damaged ${name}` });
    await contact.waitForMessage({ text: `damaged ${name}` });
  }
  expect(contact.undecryptable()).toHaveLength(2);
});

test("a message that is unavailable on companions is fetched from the own phone", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own } = sides;
  const { id } = await contact.send(
    own.number,
    { conversation: "for the phone first" },
    { unavailable: "plain" },
  );
  const stub = await device.waitForMessage(({ key }) => key.id === id);
  expect(stub.messageStubParameters).toEqual(["Message absent from node"]);
  const fetched = await device.waitForMessage(
    ({ key, message }) => key.id === id && message?.conversation === "for the phone first",
  );
  expect(fetched.key.remoteJid).toBe(jidOf(contact));
});

test("when a member leaves, a phone's next message to the group is under a new sender key", async () => {
  await using sides = await startTwoSides();
  const { device, contact, own, simulator } = sides;
  const third = await simulator.createPhone();
  const numbers = [contact.number, own.number, third.number];
  const group = simulator.createGroup({ subject: "Three", members: numbers });
  const keysSent = (id: string): number => {
    const [sent] = simulator.history.stanzas({ direction: "in", tag: "message", id });
    const [participants] = children(sent?.node, "participants");
    return children(participants, "to").length;
  };
  const say = async (text: string): Promise<number> => {
    const { id } = await contact.say(group.jid, text);
    await device.waitForText(text);
    return keysSent(id);
  };
  expect(await say("all need the key")).toBe(3);
  expect(await say("all have the key")).toBe(0);
  await third.leave(group.jid);
  expect(await say("a new key for those who stay")).toBe(2);
  expect(third.received().map(({ text }) => text)).toEqual([
    "all need the key",
    "all have the key",
  ]);
  const newcomer = await simulator.createPhone();
  await contact.addToGroup(group.jid, [newcomer.number]);
  expect(await say("the newcomer needs the key")).toBe(1);
  await newcomer.waitForMessage({ text: "the newcomer needs the key" });
});

test("a device that is not online says so in its receipts, one that plays a voice message as well", async () => {
  await using sides = await startTwoSides({ markOnlineOnConnect: false });
  const { device, contact, own } = sides;
  const { id } = await contact.sendMedia(own.number, "voice", Buffer.from("sound"));
  const message = await device.waitForMessage(({ key }) => key.id === id);
  const receipts = () => contact.receipts().filter((receipt) => receipt.id === id);
  await expect.poll(() => receipts().map(({ type }) => type)).toContain("inactive");
  await device.socket.sendReceipt(message.key.remoteJid ?? "", undefined, [id], "played");
  await expect.poll(() => receipts().map(({ type }) => type)).toContain("played");
});

test("a device hears that its voice message was played", async () => {
  await using sides = await startTwoSides();
  const { device, contact } = sides;
  const sent = await device.socket.sendMessage(jidOf(contact), {
    audio: Buffer.from("sound"),
    ptt: true,
    seconds: 1,
  });
  const id = sent?.key.id ?? "";
  await contact.waitForMessage({ id });
  await contact.play(id);
  const { PLAYED } = proto.WebMessageInfo.Status;
  await device.waitFor("messages.update", (updates) =>
    updates.some(({ key, update }) => key.id === id && update.status === PLAYED),
  );
});

test.each([463, 479, 429])(
  "an ack with error %i marks the message as failed, and nobody gets it",
  async (code) => {
    await using sides = await startTwoSides();
    const { device, contact, simulator } = sides;
    simulator.faults.ackError(code, 1, contact.number);
    const sent = await device.socket.sendMessage(jidOf(contact), { text: "refused" });
    const [failed] = await device.waitFor("messages.update", (updates) =>
      updates.some(({ key }) => key.id === sent?.key.id),
    );
    expect(failed?.update).toMatchObject({ status: 0 });
    expect(failed?.update.messageStubParameters?.[0]).toBe(String(code));
    expect(contact.received()).toEqual([]);
  },
);
