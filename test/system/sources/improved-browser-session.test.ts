// What the improved browser-based service had, as far as sessions go.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { callsOf, outcome, pathOf } from "../calls.ts";
import { linkPhone, startScene } from "../start-scene.ts";
import type { Scene, Tenant } from "../start-scene.ts";

let scene: Scene;
let tenant: Tenant;
let calls: ReturnType<typeof callsOf>;

beforeAll(async () => (scene = await startScene()));
afterAll(() => scene.stop());
beforeEach(async () => {
  tenant = await scene.createTenant();
  calls = callsOf(scene, tenant.key);
});

test("a session name that exists is answered with the session that has it and the choices", async () => {
  const taken = await calls.post("/v1/sessions", { name: "main" });
  expect(outcome(taken)).toEqual([409, "session_name_taken"]);
  expect(taken.body).toMatchObject({
    existingSessionId: tenant.sessionId,
    choices: ["use_existing", "delete_existing", "choose_another_name"],
  });
  const other = await calls.post("/v1/sessions", { name: "another" });
  const renamed = await calls.patch(`/v1/sessions/${String(other.body["id"])}`, { name: "main" });
  expect(outcome(renamed)).toEqual([409, "session_name_taken"]);
  expect(renamed.body["existingSessionId"]).toBe(tenant.sessionId);
});

test("a QR window of five minutes with a countdown: of the code, and of the window", async () => {
  const before = Date.now();
  const { body } = await calls.post(`${pathOf(tenant)}/connect`);
  const window = Date.parse(String(body["pairingWindowEndsAt"])) - before;
  expect(window).toBeGreaterThan(290_000);
  expect(window).toBeLessThanOrEqual(310_000);
  const status = await tenant.api.status(tenant.key, tenant.sessionId);
  expect(status.codeExpiresAt).toBe(body["expiresAt"]);
  expect(status.pairingWindowEndsAt).toBe(body["pairingWindowEndsAt"]);
});

test("codes that WhatsApp has let expire restart the socket by themselves, with a status event and a numbered attempt", async () => {
  using inbox = await tenant.inbox();
  await calls.post(`${pathOf(tenant)}/connect`);
  scene.simulator.dropConnections();
  await inbox.find(
    "session.status",
    ({ data }) => data.status === "connecting" && data.attempt === 2,
  );
  await inbox.find("session.qr_code", ({ data }) => data.attempt === 2);
});

test("isReady, phone, restart and destroy", async () => {
  const phone = await linkPhone(scene, tenant);
  const status = () => tenant.api.status(tenant.key, tenant.sessionId);
  expect(await status()).toMatchObject({ isConnected: true, phone: `+${phone.number}` });
  using inbox = await tenant.inbox();
  expect((await calls.post(`${pathOf(tenant)}/restart`)).status).toBe(202);
  await inbox.find("session.status", ({ data }) => data.status === "reconnecting");
  await expect.poll(async () => (await status()).isConnected, { timeout: 30_000 }).toBe(true);
  expect((await calls.remove(pathOf(tenant))).status).toBe(204);
  await expect.poll(() => phone.devices().length).toBe(1);
});

test("session backup: what was exported comes back into the same session", async () => {
  const phone = await linkPhone(scene, tenant);
  const { body } = await calls.post(`${pathOf(tenant)}/export`);
  const { bundleId } = body;
  const imported = await calls.post(`${pathOf(tenant)}/import`, { bundleId });
  expect([imported.status, imported.body["phone"]]).toEqual([200, `+${phone.number}`]);
  expect((await calls.post(`${pathOf(tenant)}/connect`)).status).toBe(202);
  await expect
    .poll(async () => (await tenant.api.status(tenant.key, tenant.sessionId)).isConnected, {
      timeout: 30_000,
    })
    .toBe(true);
});
