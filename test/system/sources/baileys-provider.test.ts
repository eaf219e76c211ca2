// What the earlier provider over the same engine had, as far as sessions, accounts and keys go.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { callsOf, outcome, pathOf } from "../calls.ts";
import { linkPhone, request, startScene } from "../start-scene.ts";
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

test("a send waits for the connection instead of failing", async () => {
  await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  using inbox = await tenant.inbox();
  await calls.post(`${pathOf(tenant)}/restart`);
  const sent = await tenant.api.send(tenant.key, tenant.sessionId, contact.number, "patience");
  await inbox.find(
    "message.status",
    ({ data }) => data.messageId === sent.id && data.status === "sent",
  );
  await contact.waitForMessage({ text: "patience" });
});

test("no double reconnection: a dropped connection comes back once", async () => {
  const phone = await linkPhone(scene, tenant);
  using inbox = await tenant.inbox();
  scene.simulator.history.clear();
  scene.simulator.dropConnections({ phone: phone.number });
  await inbox.find("session.status", ({ data }) => data.status === "reconnecting");
  await expect
    .poll(async () => (await tenant.api.status(tenant.key, tenant.sessionId)).isConnected, {
      timeout: 30_000,
    })
    .toBe(true);
  const logins = scene.simulator.history.stanzas({ direction: "out", tag: "success" });
  expect(logins.filter(({ device }) => device.startsWith(phone.number))).toHaveLength(1);
});

test("one consolidated state of a session: everything that there is to know, in one answer", async () => {
  const phone = await linkPhone(scene, tenant);
  expect(await tenant.api.status(tenant.key, tenant.sessionId)).toMatchObject({
    status: "active",
    isConnected: true,
    hasQrCode: false,
    hasPairingCode: false,
    canReconnect: false,
    reason: null,
    phone: `+${phone.number}`,
    attempt: 0,
    pairingWindowEndsAt: null,
  });
});

test("the QR code is kept: whoever asks while it lives gets the same one, as data, PNG or SVG", async () => {
  const { body } = await calls.post(`${pathOf(tenant)}/connect`);
  expect((await calls.get(`${pathOf(tenant)}/qr`)).body).toEqual(body);
  for (const type of ["image/png", "image/svg+xml"]) {
    const headers = { authorization: `Bearer ${tenant.key}`, accept: type };
    const answer = await fetch(`${scene.runtime.apiUrl}${pathOf(tenant)}/qr`, { headers });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, type]);
  }
});

test("ids and phones are checked: what is malformed names nothing, or names the rule", async () => {
  expect(outcome(await calls.get("/v1/sessions/42"))).toEqual([404, "not_found"]);
  const sent = await calls.post(`${pathOf(tenant)}/messages`, {
    to: "123",
    type: "text",
    text: { body: "hi" },
  });
  expect(outcome(sent)).toEqual([422, "invalid_recipient"]);
});

test("health check without a credential", async () => {
  const { status, body } = await request(scene, "/v1/health");
  expect([status, body]).toEqual([200, { status: "ok" }]);
});

test("credentials at rest are sealed: no table and no object shows a key", async () => {
  await linkPhone(scene, tenant);
  const { body } = await calls.post(`${pathOf(tenant)}/export`);
  const bytes = Buffer.from(await (await fetch(String(body["url"]))).arrayBuffer());
  for (const word of ["noiseKey", "signedIdentityKey", "private", "advSecretKey"]) {
    expect(bytes.includes(word), word).toBe(false);
  }
});
