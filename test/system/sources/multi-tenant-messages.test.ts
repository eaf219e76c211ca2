// What the multi-tenant API had around messages: one tenant, linked once, through all of it.
import { answer, startReceiver } from "#functions/deliver/test/start-receiver.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsOf, outcome, pathOf } from "../calls.ts";
import type { Calls } from "../calls.ts";
import { readOperatorSecret } from "../read-operator-secret.ts";
import { linkPhone, startScene } from "../start-scene.ts";
import type { Scene, Tenant } from "../start-scene.ts";

let scene: Scene;
let tenant: Tenant;
let contact: Phone;
/** With an API key, and as the account's owner. */
let calls: Calls;
let owner: Calls;
let path: string;

beforeAll(async () => {
  scene = await startScene();
  tenant = await scene.createTenant();
  contact = await scene.simulator.createPhone();
  calls = callsOf(scene, tenant.key);
  owner = callsOf(scene, tenant.accessToken);
  path = pathOf(tenant);
});
afterAll(() => scene.stop());

const text = (body: string) => ({ to: contact.number, type: "text", text: { body } });

test("message queue: what is sent while the session is not connected waits, and leaves in order", async () => {
  for (const body of ["queued 1", "queued 2"]) {
    const sent = await calls.post(`${path}/messages`, { ...text(body), queueWhenOffline: true });
    expect([sent.status, sent.body["status"]]).toEqual([202, "queued"]);
  }
  using inbox = await tenant.inbox();
  await linkPhone(scene, tenant);
  // Live status of the session, as it changes.
  await inbox.find("session.status", ({ data }) => data.status === "active");
  await contact.waitForMessage({ text: "queued 2" });
  expect(contact.received().map((message) => message.text)).toEqual(["queued 1", "queued 2"]);
});

test("clean sending by key: one that is bound to a session needs no id of it", async () => {
  const { sessionId } = tenant;
  const body = { name: "bound", scopes: ["messages:send"], sessionId };
  const bound = callsOf(scene, String((await owner.post("/v1/keys", body)).body["key"]));
  expect((await bound.post("/v1/messages", text("by key"))).status).toBe(202);
  await contact.waitForMessage({ text: "by key" });
  const location = { latitude: 46.5, longitude: 7.25, name: "Here" };
  const place = { to: contact.number, type: "location", location };
  const { whatsappId } = (await bound.post("/v1/messages", place)).body;
  const { content } = await contact.waitForMessage({ id: String(whatsappId) });
  expect(content).toMatchObject({ type: "location", name: "Here" });
});

test("number validation and contact check", async () => {
  const contacts = [contact.number, "14155550000"];
  const { body } = await calls.post(`${path}/contacts/check`, { contacts });
  expect(body["data"]).toMatchObject([{ onWhatsapp: true }, { onWhatsapp: false }]);
  const bad = await calls.post(`${path}/messages`, { ...text("x"), to: "12345" });
  expect(outcome(bad)).toEqual([422, "invalid_recipient"]);
  expect(JSON.stringify(bad.body)).toContain("10 to 15 digits");
});

test("templates and bulk", async () => {
  const message = { type: "text", text: { body: "Dear {{name}}" } };
  const made = await calls.post("/v1/templates", { name: "Greeting", message });
  const template = { templateId: made.body["id"] };
  const recipients = [{ to: contact.number, variables: { name: "Ada" } }];
  const bulk = { message: { type: "template", template }, recipients };
  expect((await calls.post(`${path}/messages/batch`, bulk)).status).toBe(202);
  await contact.waitForMessage({ text: "Dear Ada" });
});

test("webhooks with retries: what a receiver fails to take comes again, under the same id", async () => {
  await using receiver = await startReceiver();
  receiver.behave((response, received) => {
    receiver.behave(answer(200));
    return answer(500)(response, received);
  });
  const hook = { url: receiver.url, types: ["message.status"] };
  const { id } = (await owner.post("/v1/webhooks", hook)).body;
  await calls.post(`${path}/messages`, text("to be told"));
  await expect.poll(() => receiver.all.length, { timeout: 40_000 }).toBeGreaterThan(1);
  const [first, again] = receiver.ids();
  expect(again).toBe(first);
  expect((await owner.remove(`/v1/webhooks/${String(id)}`)).status).toBe(204);
});

test("statistics: messages by session, day, direction, kind and status", async () => {
  type Row = { direction: string; kind: string; status: string; count: number };
  const delivered = async () => {
    const { body } = await owner.get("/v1/stats");
    const rows = (body["data"] as Row[]).filter(({ status }) => status === "delivered");
    return rows.reduce((sum, { count }) => sum + count, 0);
  };
  await expect.poll(delivered, { timeout: 30_000 }).toBeGreaterThanOrEqual(5);
});

test("tiers: Basic has 5 sessions, Pro 20, Max 40, and the operator sets them", async () => {
  const { account } = (await owner.get("/v1/me")).body as { account: { id: string } };
  const operator = callsOf(scene, await readOperatorSecret(scene.runtime));
  const limits = [];
  for (const tier of ["basic", "pro", "max"]) {
    await operator.put(`/v1/operator/accounts/${account.id}/tier`, { tier });
    limits.push((await owner.get("/v1/me")).body["account"]);
  }
  expect(limits).toMatchObject([{ sessionLimit: 5 }, { sessionLimit: 20 }, { sessionLimit: 40 }]);
  const { body } = await operator.get("/v1/operator/health");
  expect(body).toMatchObject({ status: "ok", problems: [] });
});

test("3-attempt QR limit and forced disconnect", async () => {
  const { id } = await tenant.api.createSession(tenant.key, "unscanned");
  using inbox = await tenant.inbox();
  await calls.post(`/v1/sessions/${id}/connect`);
  for (const attempt of [1, 2, 3]) {
    await inbox.find(
      "session.qr_code",
      (event) => event.sessionId === id && event.data.attempt === attempt,
    );
    scene.simulator.dropConnections();
  }
  await inbox.find(
    "session.status",
    (event) => event.sessionId === id && event.data.reason === "qr_limit",
  );
  const status = await tenant.api.status(tenant.key, id);
  expect(status).toMatchObject({ status: "error", hasQrCode: false, canReconnect: true });
});
