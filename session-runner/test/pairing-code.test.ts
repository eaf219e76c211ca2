import { expect, test } from "vitest";
import { companions, startRig } from "./start-rig.ts";

test("a phone links by typing a code, and no QR code is shown", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const phone = await rig.simulator.createPhone({ name: "Owner" });
  const session = rig.createSession();
  await session.connect({ phone: phone.number });
  const { data } = await rig.waitFor("session.pairing_code");
  expect(data).toMatchObject({ phone: `+${phone.number}`, attempt: 1, maxAttempts: 3 });
  expect(data.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await session.waitForStatus("pairing_code_ready");
  await phone.enterPairingCode(data.code);
  const active = await session.waitForStatus("active");
  expect(active.data.phone).toBe(`+${phone.number}`);
  expect(companions(phone)).toHaveLength(1);
  expect(session.events().filter(({ type }) => type === "session.qr_code")).toEqual([]);
});

test("a code that nobody types is followed by fresh ones, then by a forced stop", async () => {
  await using rig = await startRig({ refTtlMs: 50, env: { WAFLEET_PAIRING_WINDOW_MS: "2000" } });
  await rig.startRunner("worker-1");
  const session = rig.createSession();
  await session.connect({ phone: "14155550123" });
  const { data } = await session.waitForStatus("error");
  expect(data).toMatchObject({ reason: "qr_limit", canReconnect: true });
  expect(rig.simulator.history.stanzas({ tag: "message" })).toEqual([]);

  await session.connect();
  await rig.waitFor("session.qr_code");
});

test("asking for a code to type replaces the QR code that is shown", async () => {
  await using rig = await startRig();
  await rig.startRunner("worker-1");
  const phone = await rig.simulator.createPhone();
  const session = rig.createSession();
  await session.connect();
  await session.waitForStatus("qr_ready");
  await session.connect({ phone: phone.number });
  const { data } = await rig.waitFor("session.pairing_code");
  await phone.enterPairingCode(data.code);
  await session.waitForStatus("active");
});
