// What the reconnection fix of the earlier organisation-wide integration promised.
import { expect, test } from "vitest";
import { callsOf, outcome, pathOf } from "../calls.ts";
import type { Calls } from "../calls.ts";
import { linkPhone, startScene } from "../start-scene.ts";
import type { Scene, Tenant } from "../start-scene.ts";
import { withTenant } from "../with-tenant.ts";

let scene: Scene;
let tenant: Tenant;
let calls: Calls;

withTenant((given) => ({ scene, tenant, calls } = given));

test("an explicit disconnect deletes the credentials: the device is gone from the phone, and connecting shows a fresh code", async () => {
  const phone = await linkPhone(scene, tenant);
  using inbox = await tenant.inbox();
  expect((await calls.post(`${pathOf(tenant)}/disconnect`)).status).toBe(202);
  await inbox.find("session.status", ({ data }) => data.reason === "disconnected_by_user");
  expect(phone.devices()).toHaveLength(1);
  const { status, body } = await calls.post(`${pathOf(tenant)}/connect`);
  expect([status, body["qrAttempt"]]).toEqual([200, 1]);
});

test("nothing but an explicit disconnect deletes them: after a stop, connecting needs no code", async () => {
  const phone = await linkPhone(scene, tenant);
  using inbox = await tenant.inbox();
  await calls.post(`${pathOf(tenant)}/stop`);
  await inbox.find("session.status", ({ data }) => data.reason === "stopped_by_user");
  const answer = await calls.post(`${pathOf(tenant)}/connect`);
  expect([answer.status, answer.body["qrCode"]]).toEqual([202, undefined]);
  await expect
    .poll(async () => (await tenant.api.status(tenant.key, tenant.sessionId)).isConnected)
    .toBe(true);
  expect(phone.devices()).toHaveLength(2);
});

test("while WhatsApp cannot be reached, reconnecting is told once, however often it is tried", async () => {
  await linkPhone(scene, tenant);
  using inbox = await tenant.inbox();
  scene.simulator.faults.refuseUpgrade(503, 2);
  scene.simulator.dropConnections();
  const isNow = (state: string) => (event: { data: { status: string } }) =>
    event.data.status === state;
  const lost = await inbox.find("session.status", isNow("reconnecting"));
  const isLater = ({ at }: { at: string }) => at > lost.at;
  await inbox.find("session.status", (event) => isNow("active")(event) && isLater(event));
  const { body } = await calls.get(`${pathOf(tenant)}/events?after=${lost.cursor}`);
  const events = body["data"] as { type: string; data: { status: string } }[];
  const states = events.filter(({ type }) => type === "session.status");
  expect(states.map(({ data }) => data.status)).toEqual(["active"]);
});

test("connect and reconnect tell connected from merely existing", async () => {
  const { id } = await tenant.api.createSession(tenant.key, "merely existing");
  expect((await calls.post(`/v1/sessions/${id}/connect`)).status).toBe(200);
  await linkPhone(scene, tenant);
  for (const what of ["connect", "reconnect", "pairing-code"]) {
    const body = what === "pairing-code" ? { phone: "+14155550123" } : undefined;
    const answer = await calls.post(`${pathOf(tenant)}/${what}`, body);
    expect(outcome(answer), what).toEqual([409, "session_already_connected"]);
    expect(answer.body["detail"]).toContain("disconnect");
  }
});

test("reconnect gives a QR code, and can be repeated: each call gives a fresh one", async () => {
  const first = await calls.post(`${pathOf(tenant)}/reconnect`);
  const second = await calls.post(`${pathOf(tenant)}/reconnect`);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(String(first.body["qrCode"])).toMatch(/^data:image\/png;base64,/);
  expect(second.body["qr"]).not.toBe(first.body["qr"]);
});

test("status says whether reconnecting can help", async () => {
  const status = () => tenant.api.status(tenant.key, tenant.sessionId);
  expect(await status()).toMatchObject({ status: "inactive", canReconnect: true });
  await linkPhone(scene, tenant);
  expect(await status()).toMatchObject({ status: "active", canReconnect: false });
});

test("without a worker, reconnect says when to ask again instead of hanging", async () => {
  await using still = await startScene({ runtime: { workers: 0 } });
  const own = await still.createTenant();
  const { status, body } = await callsOf(still, own.key).post(`${pathOf(own)}/reconnect`);
  expect([status, body]).toEqual([202, { status: "connecting", retryIn: 3_000 }]);
});

test("a session whose phone has removed the device can be deleted all the same", async () => {
  const phone = await linkPhone(scene, tenant);
  using inbox = await tenant.inbox();
  const [, device] = phone.devices();
  await phone.unlink(device?.device ?? 0);
  await inbox.find("session.status", ({ data }) => data.status === "logged_out");
  expect((await calls.remove(pathOf(tenant))).status).toBe(204);
  expect(outcome(await calls.get(pathOf(tenant)))).toEqual([404, "not_found"]);
});

test("error texts say what to do", async () => {
  const never = await calls.get(`${pathOf(tenant)}/qr`);
  expect(outcome(never)).toEqual([404, "no_qr_code"]);
  expect(never.body["detail"]).toContain(`POST ${pathOf(tenant)}/connect`);
  const unsent = await calls.post(`${pathOf(tenant)}/messages`, {
    to: "+14155550123",
    type: "text",
    text: { body: "hi" },
  });
  expect(outcome(unsent)).toEqual([409, "session_not_connected"]);
  expect(unsent.body["detail"]).toContain("connect");
});
