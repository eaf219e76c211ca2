// Each setting of a session, as it acts: asked for over the public API, seen at the simulator.
import { startReceiver } from "#functions/deliver/test/start-receiver.ts";
import { eventSchema } from "#shared/contracts/event.ts";
import type { Phone } from "#simulator/phone/phone.ts";
import { expect, test } from "vitest";
import { callsOf, outcome, pathOf } from "./calls.ts";
import type { Calls } from "./calls.ts";
import { startHttpProxy, startSocksProxy } from "./start-proxies.ts";
import type { Scene, Tenant } from "./start-scene.ts";
import { withTenant } from "./with-tenant.ts";

let scene: Scene;
let tenant: Tenant;
let calls: Calls;
const logged: string[] = [];

withTenant((given) => ({ scene, tenant, calls } = given), {
  runtime: { env: { WAFLEET_LOG_LEVEL: "debug" }, log: (_, line) => void logged.push(line) },
});

const choose = (settings: object) => calls.patch(pathOf(tenant), { settings });

/** Links this phone to the tenant's session and waits until it is active. */
async function link(phone: Phone): Promise<void> {
  using inbox = await tenant.inbox();
  await tenant.api.connect(tenant.key, tenant.sessionId);
  const { data } = await inbox.find("session.qr_code", () => true);
  await phone.scan(data.qr);
  await inbox.find("session.status", (event) => event.data.status === "active");
}

const createPhones = () =>
  Promise.all([scene.simulator.createPhone(), scene.simulator.createPhone()]);

test("calls ring until they shall be rejected, which counts at once", async () => {
  const [owner, caller] = await createPhones();
  await link(owner);
  const rung = caller.call(owner.number);
  expect((await choose({ rejectCalls: true })).status).toBe(200);
  // A change takes its way through the queue: the first calls may be before it.
  await expect
    .poll(() => {
      caller.call(owner.number);
      return caller.calls().some(({ state }) => state === "rejected");
    })
    .toBe(true);
  expect(caller.calls().find(({ id }) => id === rung.id)?.state).toBe("ringing");
});

test("the past is listed when it shall be synchronised, without events, and stays away when not", async () => {
  const said = async (historySync: string) => {
    tenant = await scene.createTenant();
    calls = callsOf(scene, tenant.key);
    await choose({ historySync });
    const [owner, contact] = await createPhones();
    await contact.say(owner.number, "before the linking");
    await owner.say(contact.number, "the answer");
    await owner.waitForMessage({ text: "before the linking" });
    await link(owner);
    await contact.say(owner.number, "after it");
    const bodies = async () => {
      const { body } = await calls.get(`${pathOf(tenant)}/messages`);
      const data = body["data"] as { direction: string; content: { text?: { body: string } } }[];
      return data.map(({ direction, content }) => `${direction} ${content.text?.body}`).toSorted();
    };
    await expect.poll(bodies, { timeout: 20_000 }).toContain("inbound after it");
    return bodies;
  };
  for (const historySync of ["recent", "full"]) {
    await expect
      .poll(await said(historySync), { timeout: 20_000 })
      .toEqual(["inbound after it", "inbound before the linking", "outbound the answer"]);
  }
  const { body } = await calls.get(`${pathOf(tenant)}/events?limit=500`);
  const events = body["data"] as { type: string }[];
  expect(events.filter(({ type }) => type === "message.received")).toHaveLength(1);
  expect(await (await said("none"))()).toEqual(["inbound after it"]);
});

test.for([
  ["http", startHttpProxy],
  ["socks5", startSocksProxy],
] as const)(
  "the session reaches WhatsApp through its proxy of the kind %s alone, and nobody sees the password",
  async ([kind, start]) => {
    await using through = await start();
    const password = `hunter2-${kind}`;
    const proxy = `${kind}://ann:${password}@${through.address}`;
    const shown = `${kind}://***@${through.address}`;
    expect((await choose({ proxy })).body["settings"]).toMatchObject({ proxy: shown });
    // What was shown does not take the place of the real one.
    expect(outcome(await choose({ proxy: shown }))).toEqual([400, "validation_failed"]);
    const [owner, contact] = await createPhones();
    await link(owner);
    const sent = await tenant.api.send(tenant.key, tenant.sessionId, contact.number, "hello");
    await contact.waitForMessage({ id: sent.whatsappId });
    const server = new URL(scene.simulator.url).host;
    expect(new Set(through.led)).toEqual(new Set([server]));
    expect(new Set(through.shown)).toEqual(new Set([`ann:${password}`]));

    await calls.post(`${pathOf(tenant)}/disconnect`);
    await expect.poll(() => owner.devices().length, { timeout: 20_000 }).toBe(1);
    await expect.poll(through.open, { timeout: 20_000 }).toBe(0);
    const listed = JSON.stringify([
      (await calls.get("/v1/sessions")).body,
      (await callsOf(scene, tenant.accessToken).get("/v1/audit")).body,
      (await calls.get(`${pathOf(tenant)}/events?limit=500`)).body,
    ]);
    expect(listed).not.toContain(password);
    expect(logged.join("\n")).not.toContain(password);
  },
);

test("linking through a proxy that cannot be reached ends with that as its reason, and goes on once it is set right", async () => {
  const gone = await startHttpProxy();
  await gone[Symbol.asyncDispose]();
  await choose({ proxy: `http://ann:hunter2@${gone.address}` });
  using inbox = await tenant.inbox();
  await calls.post(`${pathOf(tenant)}/connect`);
  const { data } = await inbox.find("session.status", (event) => event.data.status === "error");
  expect(data).toMatchObject({ reason: "proxy_unreachable", canReconnect: true, attempt: 3 });
  expect(data.detail).toContain("proxy");
  expect(data.detail).not.toContain("hunter2");
  await choose({ proxy: null });
  const answer = await calls.post(`${pathOf(tenant)}/connect`);
  expect([answer.status, answer.body["qrAttempt"]]).toEqual([200, 1]);
});

test("a muted session's events reach no webhook, then or later; subscribers and the log get them", async () => {
  await using receiver = await startReceiver();
  await callsOf(scene, tenant.accessToken).post("/v1/webhooks", { url: receiver.url });
  await choose({ muteWebhooks: true });
  const [owner, contact] = await createPhones();
  await link(owner);
  using inbox = await tenant.inbox();
  const text = (wanted: string) => (event: { data: object }) =>
    JSON.stringify(event.data).includes(wanted);
  await contact.say(owner.number, "while muted");
  const heard = await inbox.find("message.received", text("while muted"));
  expect(heard.silent).toBe(true);
  await choose({ muteWebhooks: false });
  await calls.post(`${pathOf(tenant)}/stop`);
  await inbox.find("session.status", ({ data }) => data.reason === "stopped_by_user");
  await expect.poll(() => receiver.all.length, { timeout: 20_000 }).toBe(1);
  const got = receiver.all.map(({ body }) => eventSchema.parse(JSON.parse(body)));
  expect(got).toMatchObject([{ type: "session.status", data: { reason: "stopped_by_user" } }]);
});
