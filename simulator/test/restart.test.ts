import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { children } from "#simulator/stanza/read-node.ts";
import { connectBaileys, openDevice } from "./baileys-client.ts";

const temporaryDirectory = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), "simulator-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};

test("after a restart devices are still linked, sessions go on, and what was queued arrives", async () => {
  const dataDir = await temporaryDirectory();
  const before = await startSimulator({ dataDir });
  const own = await before.createPhone({ name: "Ada" });
  const contact = await before.createPhone({ autoRead: true });
  const device = await openDevice(before, own);
  const chat = `${contact.number}@s.whatsapp.net`;
  await device.socket.sendMessage(chat, { text: "one" });
  await contact.waitForMessage({ text: "one" });
  await contact.say(own.number, "two");
  await device.waitForText("two");
  await device.close();
  await expect.poll(() => own.devices()[1]?.online).toBe(false);
  await contact.say(own.number, "while you were away");
  await before.stop();

  await using after = await startSimulator({ dataDir });
  expect(after.rootPublicKey).toEqual(before.rootPublicKey);
  const ownAgain = after.phone(own.number);
  const contactAgain = after.phone(contact.number);
  expect(ownAgain).toMatchObject({ name: "Ada", lid: own.lid });
  const ids = (phone = contact) => phone.received().map(({ id, text, at }) => ({ id, text, at }));
  expect(ids(contactAgain)).toEqual(ids());
  await using back = connectBaileys(after, device.memory);
  await back.waitForText("while you were away");
  const { id = "" } = (await contactAgain?.say(own.number, "three")) ?? {};
  await back.waitForText("three");
  const toDevice = `${own.number}:1@s.whatsapp.net`;
  const [message] = after.history.stanzas({ direction: "out", device: toDevice, id });
  expect(children(message?.node, "enc")[0]?.attrs["type"]).toBe("msg");
  await back.socket.sendMessage(chat, { text: "four" });
  await contactAgain?.waitForMessage({ text: "four" });
  expect(contactAgain?.undecryptable()).toEqual([]);
  expect(ownAgain?.devices()).toHaveLength(2);
});
