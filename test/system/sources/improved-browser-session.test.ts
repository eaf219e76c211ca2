// What the improved browser-based service had, as far as sessions go.
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Calls } from "../calls.ts";
import { outcome, pathOf } from "../calls.ts";
import { upload } from "../upload.ts";
import { linkPhone } from "../start-scene.ts";
import type { Scene, Tenant } from "../start-scene.ts";
import { withTenant } from "../with-tenant.ts";

let scene: Scene;
let tenant: Tenant;
let calls: Calls;

const logged: string[] = [];

withTenant((given) => ({ scene, tenant, calls } = given), {
  runtime: {
    restartWorkers: true,
    env: { WAFLEET_LOG_LEVEL: "debug" },
    log: (_, line) => void logged.push(line),
  },
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

test("sessions persist and recover: the next worker has them active again, without a scan", async () => {
  const phone = await linkPhone(scene, tenant);
  const [worker] = scene.runtime.workers();
  process.kill(worker?.pid ?? 0, "SIGKILL");
  const contact = await scene.simulator.createPhone();
  const { id } = await tenant.api.send(tenant.key, tenant.sessionId, contact.number, "recovered");
  await contact.waitForMessage({ text: "recovered" }, 40_000);
  const sent = () => tenant.api.message(tenant.key, tenant.sessionId, id);
  await expect.poll(sent, { timeout: 20_000 }).toMatchObject({ status: "delivered" });
  expect(phone.devices()).toHaveLength(2);
});

test("image, document, video, audio and sticker messages arrive, byte by byte", async () => {
  await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  const kinds = [
    ["image", "image/jpeg", { caption: "a view" }],
    ["document", "application/pdf", { fileName: "plan.pdf" }],
    ["video", "video/mp4", {}],
    ["audio", "audio/ogg", { voice: true }],
    ["sticker", "image/webp", {}],
  ] as const;
  for (const [type, mimetype, options] of kinds) {
    const bytes = randomBytes(5_000);
    const mediaId = await upload(calls, bytes, mimetype);
    const message = { to: contact.number, type, [type]: { mediaId, ...options } };
    const { body } = await calls.post(`${pathOf(tenant)}/messages`, message);
    const id = String(body["whatsappId"]);
    await contact.waitForMessage({ id });
    expect((await contact.download(id)).equals(bytes), type).toBe(true);
  }
});

test("inbound messages are pushed and stored; typing shows, and seen is told", async () => {
  const phone = await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  using inbox = await tenant.inbox();
  const { id } = await contact.say(phone.number, "are you there?");
  const { data } = await inbox.find("message.received", (event) => event.data.whatsappId === id);
  const path = `${pathOf(tenant)}/messages/${data.messageId}`;
  await expect
    .poll(async () => (await calls.get(path)).body, { timeout: 20_000 })
    .toMatchObject({ direction: "inbound", content: { text: { body: "are you there?" } } });
  const typing = { to: contact.number, state: "composing" };
  expect((await calls.post(`${pathOf(tenant)}/typing`, typing)).status).toBe(204);
  expect((await calls.post(`${path}/read`)).status).toBe(204);
  await expect
    .poll(() => contact.receipts().some((one) => one.id === id && one.type === "read"))
    .toBe(true);
});

test("structured logging with levels: each line is an object with its level, and shows no text and no whole number", async () => {
  await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  const { id } = await tenant.api.send(tenant.key, tenant.sessionId, contact.number, "a secret");
  await contact.waitForMessage({ text: "a secret" });
  const about = () => logged.filter((line) => line.includes(id) && line.startsWith("{"));
  await expect.poll(() => about().length, { timeout: 20_000 }).toBeGreaterThan(1);
  for (const line of about()) {
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
  }
  const all = logged.join("\n");
  for (const secret of ["a secret", contact.number, tenant.key]) expect(all).not.toContain(secret);
});
