// What the channel integration had: channels, pairing codes, realtime events, states.
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

withTenant((given) => ({ scene, tenant, calls } = given));

test("channels CRUD: a session is made, listed, read, renamed, set up and deleted", async () => {
  const made = await calls.post("/v1/sessions", { name: "shop", settings: { markOnline: true } });
  expect([made.status, made.body["settings"]]).toMatchObject([
    201,
    { markOnline: true, rejectCalls: false, proxy: null },
  ]);
  const path = `/v1/sessions/${String(made.body["id"])}`;
  const pacing = { perMinute: 20, burst: 5 };
  const changed = await calls.patch(path, { name: "store", settings: { pacing } });
  expect(changed.body).toMatchObject({ name: "store", settings: { markOnline: true, pacing } });
  expect((await calls.get(path)).body).toEqual(changed.body);
  const listed = (await calls.get("/v1/sessions")).body["data"] as { name: string }[];
  expect(listed.map(({ name }) => name).toSorted()).toEqual(["main", "store"]);
  expect((await calls.post("/v1/sessions", { name: "shop" })).status).toBe(201);
  expect((await calls.remove(path)).status).toBe(204);
  expect((await calls.get(path)).status).toBe(404);
  expect((await calls.post("/v1/sessions", { name: "store" })).status).toBe(201);
});

test("connect with a phone gives a pairing code, which links it; the events say each step", async () => {
  const phone = await scene.simulator.createPhone({ name: "Owner" });
  using inbox = await tenant.inbox();
  const { status, body } = await calls.post(`${pathOf(tenant)}/connect`, {
    phone: `+${phone.number}`,
  });
  expect([status, body["phone"], body["attempt"]]).toEqual([200, `+${phone.number}`, 1]);
  const { data } = await inbox.find("session.pairing_code", () => true);
  expect(data.code).toBe(body["pairingCode"]);
  await inbox.find("session.status", (event) => event.data.status === "pairing_code_ready");
  expect(await tenant.api.status(tenant.key, tenant.sessionId)).toMatchObject({
    status: "pairing_code_ready",
    hasPairingCode: true,
    hasQrCode: false,
    codeExpiresAt: data.expiresAt,
    maxAttempts: 3,
  });
  await phone.enterPairingCode(data.code);
  await inbox.find("session.status", (event) => event.data.status === "active");
});

test("the pairing-code endpoint turns a shown QR code into a code to type", async () => {
  const phone = await scene.simulator.createPhone();
  using inbox = await tenant.inbox();
  await calls.post(`${pathOf(tenant)}/connect`);
  const { status, body } = await calls.post(`${pathOf(tenant)}/pairing-code`, {
    phone: phone.number,
  });
  expect(status).toBe(200);
  await phone.enterPairingCode(String(body["pairingCode"]));
  await inbox.find("session.status", (event) => event.data.status === "active");
});

test("a phone that is none is refused with the rule", async () => {
  for (const phone of ["12345", "hello", "0".repeat(12), "120363000000000000@g.us"]) {
    const answer = await calls.post(`${pathOf(tenant)}/pairing-code`, { phone });
    expect(outcome(answer), phone).toEqual([422, "invalid_phone"]);
    expect(answer.body["detail"]).toContain("10 to 15 digits");
  }
});

test("qr_code, connection_update, incoming_message and message_status_update arrive after subscribing", async () => {
  using inbox = await tenant.inbox();
  const phone = await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  const { id } = await tenant.api.send(tenant.key, tenant.sessionId, contact.number, "hello");
  await inbox.find("session.qr_code", () => true);
  await inbox.find("session.status", ({ data }) => data.status === "active");
  await inbox.find(
    "message.status",
    ({ data }) => data.messageId === id && data.status === "delivered",
  );
  await contact.say(phone.number, "hello yourself");
  await inbox.find("message.received", ({ data }) => !data.fromMe);
});

test("send media by its URL, with a caption", async () => {
  await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  const bytes = randomBytes(5_000);
  const mediaId = await upload(calls, bytes, "image/png");
  const { downloadUrl: url } = (await calls.get(`/v1/media/${mediaId}`)).body;
  const image = { url, caption: "a view" };
  const { body } = await calls.post(`${pathOf(tenant)}/messages`, {
    to: contact.number,
    type: "image",
    image,
  });
  const id = String(body["whatsappId"]);
  const { content } = await contact.waitForMessage({ id });
  expect(content).toMatchObject({ type: "image", caption: "a view" });
  expect((await contact.download(id)).equals(bytes)).toBe(true);
});

test("states: inactive, connecting, qr_ready, active, inactive after disconnect, and logged_out by the phone", async () => {
  using inbox = await tenant.inbox();
  const reached = (status: string, reason: string | null = null) =>
    inbox.find(
      "session.status",
      ({ data }) => data.status === status && (reason === null || data.reason === reason),
    );
  expect(await tenant.api.status(tenant.key, tenant.sessionId)).toMatchObject({
    status: "inactive",
  });
  await linkPhone(scene, tenant);
  for (const status of ["connecting", "qr_ready", "active"]) await reached(status);
  expect((await calls.post(`${pathOf(tenant)}/disconnect`)).status).toBe(202);
  await reached("inactive", "disconnected_by_user");
  const phone = await linkPhone(scene, tenant);
  await phone.unlink(phone.devices().at(-1)?.device ?? 0);
  await reached("logged_out", "unlinked_by_phone");
});
