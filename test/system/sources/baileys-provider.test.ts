// What the earlier provider over the same engine had, as far as sessions, accounts and keys go.
import { expect, test } from "vitest";
import { callsOf, outcome, pathOf } from "../calls.ts";
import type { Calls } from "../calls.ts";
import { linkPhone, request } from "../start-scene.ts";
import type { Scene, Tenant } from "../start-scene.ts";
import { withTenant } from "../with-tenant.ts";

let scene: Scene;
let tenant: Tenant;
let calls: Calls;

withTenant((given) => ({ scene, tenant, calls } = given));

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

test("getQRCode forces a fresh login each time, and what is stopped has no code left", async () => {
  const codes = [];
  for (let i = 0; i < 2; i += 1) {
    codes.push((await calls.post(`${pathOf(tenant)}/reconnect`)).body["qr"]);
  }
  expect(new Set(codes).size).toBe(2);
  await calls.post(`${pathOf(tenant)}/stop`);
  await expect
    .poll(async () => outcome(await calls.get(`${pathOf(tenant)}/qr`)), { timeout: 20_000 })
    .toEqual([404, "no_qr_code"]);
});

test("one connection serves all messages, and a session that nobody connects has none", async () => {
  const idle = await tenant.api.createSession(tenant.key, "idle");
  await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  scene.simulator.history.clear();
  for (const text of ["one", "two", "three"]) {
    await tenant.api.send(tenant.key, tenant.sessionId, contact.number, text);
    await contact.waitForMessage({ text });
  }
  expect(scene.simulator.history.stanzas({ direction: "out", tag: "success" })).toEqual([]);
  expect(await tenant.api.status(tenant.key, idle.id)).toMatchObject({ status: "inactive" });
});

test("messages are processed in batches: one request, a message for each, and its progress", async () => {
  await linkPhone(scene, tenant);
  const [ada, bob] = [await scene.simulator.createPhone(), await scene.simulator.createPhone()];
  const batch = await calls.post(`${pathOf(tenant)}/messages/batch`, {
    message: { type: "text", text: { body: "Hi {{name}}" } },
    recipients: [
      { to: ada.number, variables: { name: "Ada" } },
      { to: bob.number, variables: { name: "Bob" } },
    ],
  });
  expect([batch.status, batch.body["total"]]).toEqual([202, 2]);
  await ada.waitForMessage({ text: "Hi Ada" });
  await bob.waitForMessage({ text: "Hi Bob" });
  await expect
    .poll(async () => (await calls.get(`/v1/batches/${String(batch.body["id"])}`)).body["counts"], {
      timeout: 20_000,
    })
    .toMatchObject({ delivered: 2, failed: 0 });
});

test("send rate limits: what is faster than the session's pace waits its turn, in order", async () => {
  await calls.patch(pathOf(tenant), { settings: { pacing: { perMinute: 600, burst: 1 } } });
  await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  const texts = ["first", "second", "third"];
  for (const text of texts) {
    await tenant.api.send(tenant.key, tenant.sessionId, contact.number, text);
  }
  await contact.waitForMessage({ text: "third" });
  expect(contact.received().map(({ text }) => text)).toEqual(texts);
});

test("input is taken as it is or refused, and never changed on its way", async () => {
  await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  const body = `<script>alert('1')</script> "; DROP TABLE messages; {{7*7}} \u202e 🦆`;
  await tenant.api.send(tenant.key, tenant.sessionId, contact.number, body);
  await contact.waitForMessage({ text: body });
  const message = { to: contact.number, type: "text", text: { body: "hi" } };
  const send = (more: object) => calls.post(`${pathOf(tenant)}/messages`, { ...message, ...more });
  expect(outcome(await send({ admin: true }))).toEqual([400, "validation_failed"]);
  expect(outcome(await send({ text: { body: "" } }))).toEqual([400, "validation_failed"]);
  expect(outcome(await send({ to: "+1 415' OR 1=1" }))).toEqual([422, "invalid_recipient"]);
});

test("auth tokens rotate: a refresh gives new ones, and a spent one that is shown again ends the sign-in", async () => {
  const { email, password } = tenant;
  const post = async (path: string, body: object) =>
    request(scene, path, { method: "POST", body: JSON.stringify(body) });
  const { refreshToken } = (await post("/v1/auth/login", { email, password })).body;
  const fresh = await post("/v1/auth/refresh", { refreshToken });
  expect(fresh.status).toBe(200);
  const me = () => callsOf(scene, String(fresh.body["accessToken"])).get("/v1/me");
  expect((await me()).status).toBe(200);
  const next = { refreshToken: fresh.body["refreshToken"] };
  expect((await post("/v1/auth/refresh", next)).status).toBe(200);
  expect((await post("/v1/auth/refresh", { refreshToken })).status).toBe(401);
  expect((await me()).status).toBe(401);
});
