// 50 at once, 20 in a row, and a code that nobody scans: through the public API, on the whole system.
import pMap from "p-map";
import { until } from "#local/demo/until.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { request, startScene } from "./start-scene.ts";
import type { Scene, Tenant } from "./start-scene.ts";

let scene: Scene;
let tenant: Tenant;

beforeAll(async () => (scene = await startScene()));
afterAll(() => scene.stop());

const post = (path: string, body?: object) =>
  request(scene, path, {
    method: "POST",
    token: tenant.key,
    ...(body && { body: JSON.stringify(body) }),
  });

const get = (path: string) => request(scene, path, { token: tenant.key });

const isDone = ({ status }: { status: number }) => status === 200;

/** Connections to WhatsApp that show codes at this moment. */
async function registrations(): Promise<number> {
  const answer = await fetch(`${scene.simulator.controlUrl}/control/qrs`);
  return ((await answer.json()) as unknown[]).length;
}

test("50 creations at once on a plan of 5 make 5 sessions", async () => {
  tenant = await scene.createTenant();
  const answers = await pMap(
    Array.from({ length: 50 }, (_, i) => `session ${i}`),
    (name) => post("/v1/sessions", { name }),
    { concurrency: 50 },
  );
  // The tenant has one already.
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(new Set(refused.map(({ body }) => body["code"]))).toEqual(
    new Set(["session_limit_reached"]),
  );
  const listed = await request(scene, "/v1/sessions?limit=100", { token: tenant.key });
  expect(listed.body["data"]).toHaveLength(5);
});

test("50 connects of one session at once make one socket, and all get its code", async () => {
  tenant = await scene.createTenant();
  scene.simulator.history.clear();
  const path = `/v1/sessions/${tenant.sessionId}`;
  const connect = async () => {
    const answer = await post(`${path}/connect`);
    // On a busy machine the code may come after the answer.
    return answer.status === 202 ? until("a code", () => get(`${path}/qr`), isDone) : answer;
  };
  const answers = await pMap(Array.from({ length: 50 }), connect, { concurrency: 50 });
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(answers.map(({ body }) => body["qr"])).size).toBe(1);
  const shown = scene.simulator.history
    .stanzas({ direction: "out", tag: "iq" })
    .filter(({ node }) => JSON.stringify(node).includes("pair-device"));
  expect(new Set(shown.map(({ connection }) => connection)).size).toBe(1);
  expect(await registrations()).toBe(1);
  await post(`/v1/sessions/${tenant.sessionId}/stop`);
  await expect.poll(registrations).toBe(0);
});

test("20 reconnects in a row give 20 codes, with one socket at a time", async () => {
  tenant = await scene.createTenant();
  const codes = new Set<unknown>();
  for (let i = 0; i < 20; i += 1) {
    const { status, body } = await post(`/v1/sessions/${tenant.sessionId}/reconnect`);
    expect([status, body["qrAttempt"]]).toEqual([200, 1]);
    codes.add(body["qr"]);
    expect(await registrations()).toBe(1);
  }
  expect(codes.size).toBe(20);
  await post(`/v1/sessions/${tenant.sessionId}/stop`);
  await expect.poll(registrations).toBe(0);
});

test("after three attempts linking stops by itself, with no socket left, and reconnect works right after", async () => {
  tenant = await scene.createTenant();
  using inbox = await tenant.inbox();
  await post(`/v1/sessions/${tenant.sessionId}/connect`);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await inbox.find("session.qr_code", ({ data }) => data.attempt === attempt);
    // As WhatsApp does when its codes have run out.
    await fetch(`${scene.simulator.controlUrl}/control/connections/drop`, { method: "POST" });
  }
  const { data } = await inbox.find("session.status", (event) => event.data.status === "error");
  expect(data).toMatchObject({ reason: "qr_limit", canReconnect: true, attempt: 3 });
  expect(await registrations()).toBe(0);
  const status = await tenant.api.status(tenant.key, tenant.sessionId);
  expect(status).toMatchObject({ status: "error", hasQrCode: false, canReconnect: true });
  const again = await post(`/v1/sessions/${tenant.sessionId}/reconnect`);
  expect([again.status, again.body["qrAttempt"]]).toEqual([200, 1]);
  await post(`/v1/sessions/${tenant.sessionId}/stop`);
  await expect.poll(registrations).toBe(0);
});

test("after the pairing window linking stops by itself, with no socket left, and reconnect works right after", async () => {
  // Time enough for a code on a busy machine: without one WhatsApp counts as out of reach.
  const env = { WAFLEET_PAIRING_WINDOW_MS: "5000" };
  await using quick = await startScene({ runtime: { env } });
  const own = await quick.createTenant();
  using inbox = await own.inbox();
  await own.api.connect(own.key, own.sessionId);
  const { data } = await inbox.find("session.status", (event) => event.data.status === "error");
  expect(data).toMatchObject({ reason: "qr_limit", canReconnect: true });
  const shown = await fetch(`${quick.simulator.controlUrl}/control/qrs`);
  expect(await shown.json()).toEqual([]);
  const again = await request(quick, `/v1/sessions/${own.sessionId}/reconnect`, {
    method: "POST",
    token: own.key,
  });
  expect(again.status).toBe(200);
});
