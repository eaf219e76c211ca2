import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, freshMemory } from "./baileys-client.ts";

test("a device that shows a QR code is linked by the phone that scans it, restarts and opens", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone({ phone: "4915550001", name: "Ada" });
  const memory = freshMemory();

  await using first = connectBaileys(simulator, memory);
  const qr = await first.qr();
  expect(simulator.pendingQrs()).toHaveLength(1);
  const linked = await phone.scan(qr);
  expect(await first.closed()).toBe(515);
  expect(linked).toEqual({ device: 1, jid: "4915550001:1@s.whatsapp.net" });
  expect(simulator.pendingQrs()).toEqual([]);

  await using second = connectBaileys(simulator, memory);
  await second.opened();
  expect(memory.creds.me).toMatchObject({
    id: "4915550001:1@s.whatsapp.net",
    lid: `${phone.lid}:1@lid`,
    name: "Ada",
  });
  expect(phone.devices()).toMatchObject([
    { device: 0, online: true },
    { device: 1, online: true },
  ]);
  const uploads = simulator.history
    .stanzas({ direction: "in", device: linked.jid, tag: "iq" })
    .filter(({ node }) => node.attrs["xmlns"] === "encrypt" && node.attrs["type"] === "set");
  expect(uploads).toHaveLength(1);
  expect(simulator.history.stanzas({ unhandled: true })).toEqual([]);
});
