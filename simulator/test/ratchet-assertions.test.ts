import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, copyMemory, openDevice } from "./baileys-client.ts";

test("a device that forgets a ratchet step and uses it again is named", async () => {
  await using simulator = await startSimulator();
  const own = await simulator.createPhone();
  const contact = await simulator.createPhone();
  await using device = await openDevice(simulator, own);
  const chat = `${contact.number}@s.whatsapp.net`;
  await device.socket.sendMessage(chat, { text: "one" });
  await contact.waitForMessage({ text: "one" });
  await contact.say(own.number, "settled");
  await device.waitForText("settled");

  const disk = copyMemory(device.memory);
  await device.socket.sendMessage(chat, { text: "two" });
  await contact.waitForMessage({ text: "two" });
  simulator.history.assertNoCounterReuse();
  const caches = { userDevicesCache: rememberDevices(own.number, contact.number) };
  await using rewound = connectBaileys(simulator, disk, caches);
  await rewound.opened();
  await rewound.socket.sendMessage(chat, { text: "three, with the step of two" });
  await expect.poll(() => contact.undecryptable()).toHaveLength(1);

  expect(() => simulator.history.assertNoCounterReuse()).toThrow(
    `${own.number}:1@s.whatsapp.net to ${contact.number}@s.whatsapp.net: counter`,
  );
  simulator.history.clear();
  simulator.history.assertNoCounterReuse();
});

/** A device list that outlived the restart, so that Baileys does not renew the session. */
const rememberDevices = (...numbers: string[]) => {
  const lists = new Map<string, unknown>(
    numbers.map((user) => [user, [{ user, server: "s.whatsapp.net", device: 0 }]]),
  );
  return {
    get: (key: string) => lists.get(key) as never,
    set: (key: string, value: unknown) => void lists.set(key, value),
    del: (key: string) => void lists.delete(key),
    flushAll: () => lists.clear(),
  };
};
