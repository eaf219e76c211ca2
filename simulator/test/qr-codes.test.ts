import { expect, test } from "vitest";
import { startSimulator } from "#simulator/start-simulator.ts";
import { connectBaileys, freshMemory } from "./baileys-client.ts";

test("a phone refuses what is no pairing code, an unknown ref and a code that was used", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  await expect(phone.scan("https://example.com")).rejects.toThrow("not a WhatsApp pairing QR");
  await using device = connectBaileys(simulator, freshMemory());
  const qr = await device.qr();
  await expect(phone.scan(qr.replace("2@", "3@"))).rejects.toThrow("not valid here");
  await phone.scan(qr);
  await expect(phone.scan(qr)).rejects.toThrow("not valid here");
});

test("a QR code expires: the first after three lifetimes, the next ones after one each", async () => {
  let time = Date.now();
  await using simulator = await startSimulator({ refTtlMs: 20_000, now: () => time });
  const phone = await simulator.createPhone();
  await using device = connectBaileys(simulator, freshMemory(), { qrTimeout: 30 });
  const first = await device.qr();
  const shown = (): string[] => device.events("connection.update").flatMap(({ qr }) => qr ?? []);
  await expect.poll(() => shown().length).toBeGreaterThan(1);
  const [, second = ""] = shown();

  time += 59_000;
  expect(first).toContain(simulator.pendingQrs()[0]);
  time += 2_000;
  expect(second).toContain(simulator.pendingQrs()[0]);
  await expect(phone.scan(first)).rejects.toThrow("expired");
  expect((await phone.scan(second)).device).toBe(1);
});

test("scanning a code whose device is gone fails instead of waiting", async () => {
  await using simulator = await startSimulator();
  const phone = await simulator.createPhone();
  await using device = connectBaileys(simulator, freshMemory());
  const qr = await device.qr();
  await device.close();
  await expect.poll(() => simulator.pendingQrs()).toEqual([]);
  await expect(phone.scan(qr)).rejects.toThrow("not valid here");
  expect(phone.devices()).toHaveLength(1);
});
