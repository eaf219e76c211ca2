import { afterAll, beforeAll, expect, test } from "vitest";
import type { Phone } from "#simulator/phone/phone.ts";
import { callsOf, outcome, pathOf } from "./calls.ts";
import type { Calls } from "./calls.ts";
import { linkPhone, startScene } from "./start-scene.ts";
import type { Scene, Tenant } from "./start-scene.ts";

let scene: Scene;
let tenant: Tenant;
let owner: Phone;
let contacts: Phone[];
let call: Calls;
let path: string;

const chats = 50;
const each = 10;

beforeAll(async () => {
  // As deployed, files are fetched from public addresses only.
  const env = { WAFLEET_TENANT_TARGETS: "public" };
  scene = await startScene({ runtime: { restartWorkers: true, env } });
  tenant = await scene.createTenant();
  owner = await linkPhone(scene, tenant);
  contacts = await Promise.all(Array.from({ length: chats }, () => scene.simulator.createPhone()));
  call = callsOf(scene, tenant.key);
  path = pathOf(tenant);
});
afterAll(() => scene.stop());

const progress = async (id: unknown) => (await call.get(`/v1/batches/${String(id)}`)).body;

/** The numbers that the batch's texts end with, as a phone shows them. */
function numbersAt(phone: Phone): number[] {
  const all = phone.received().filter(({ text }) => text.startsWith("bulk "));
  return all.map(({ text }) => Number(text.split(" ").at(-1)));
}

test("500 messages to 50 chats arrive once each and in order although the worker is killed in the middle", async () => {
  const recipients = Array.from({ length: chats * each }, (_, n) => ({
    to: contacts[n % chats]?.number ?? "",
    variables: { n: String(n) },
  }));
  const message = { type: "text", text: { body: "bulk {{n}}" } };
  const accepted = await call.post(`${path}/messages/batch`, { message, recipients });
  expect([accepted.status, accepted.body["total"]]).toEqual([202, 500]);

  const received = () => contacts.flatMap(numbersAt).length;
  await expect.poll(received, { timeout: 60_000 }).toBeGreaterThan(120);
  const [worker] = scene.runtime.workers();
  const before = received();
  process.kill(worker?.pid ?? 0, "SIGKILL");
  expect(before).toBeLessThan(450);

  const counted = async () => (await progress(accepted.body["id"]))["counts"];
  await expect
    .poll(counted, { timeout: 100_000, interval: 500 })
    .toMatchObject({ delivered: 500, queued: 0, failed: 0, unknown: 0 });
  for (const [chat, phone] of contacts.entries()) {
    expect(numbersAt(phone)).toEqual(Array.from({ length: each }, (_, i) => chat + i * chats));
  }
}, 180_000);

test("a batch that is paused sends nothing until it is resumed, and one that is cancelled no more at all", async () => {
  const [first, second, third] = contacts;
  if (!first || !second || !third) throw new Error("there are too few contacts");
  const slow = { settings: { pacing: { perMinute: 1, burst: 1 } } };
  const fast = { settings: { pacing: null } };
  await call.patch(path, slow);
  const recipients = [first, second, third].map(({ number: to }) => ({ to }));
  const bulk = async (body: string) => {
    const message = { type: "text", text: { body } };
    return (await call.post(`${path}/messages/batch`, { message, recipients })).body["id"];
  };
  const batch = await bulk("to be resumed");
  const other = await bulk("to be cancelled");
  expect((await call.post(`/v1/batches/${String(batch)}/pause`)).body["state"]).toBe("paused");
  expect((await call.post(`/v1/batches/${String(other)}/cancel`)).body["state"]).toBe("cancelled");
  await call.patch(path, fast);
  // What is sent after them gets past them.
  const late = await tenant.api.send(tenant.key, tenant.sessionId, third.number, "not in a batch");
  await third.waitForMessage({ id: late.whatsappId });
  const cancelled = async () => (await progress(other))["counts"];
  await expect.poll(cancelled, { timeout: 20_000 }).toMatchObject({ queued: 0 });
  expect(third.received().map(({ text }) => text)).not.toContain("to be resumed");

  const resumed = await call.post(`/v1/batches/${String(batch)}/resume`);
  expect(resumed.body["state"]).toBe("running");
  await Promise.all(
    [first, second, third].map((phone) => phone.waitForMessage({ text: "to be resumed" }, 30_000)),
  );
  expect(outcome(await call.post(`/v1/batches/${String(other)}/resume`))).toEqual([
    409,
    "batch_cancelled",
  ]);
  const counts = (await cancelled()) as Record<string, number>;
  expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(3);
  expect(third.received().map(({ text }) => text)).not.toContain("to be cancelled");
});

test("a template is sent with its variables, and refuses what is missing or too much by name", async () => {
  const [contact] = contacts;
  const to = contact?.number ?? "";
  const message = { type: "text", text: { body: "Hi {{name}}, order {{order}}" } };
  const made = await call.post("/v1/templates", { name: "Order", message });
  expect(made.body["variables"]).toEqual(["name", "order"]);
  const templateId = made.body["id"];
  const send = (variables: object) =>
    call.post(`${path}/messages`, { to, type: "template", template: { templateId, variables } });

  const bad = await send({ name: "Ada", colour: "red" });
  expect(outcome(bad)).toEqual([422, "template_variables"]);
  expect(bad.body["fields"]).toEqual([
    { path: "template.variables.order", message: "is missing" },
    { path: "template.variables.colour", message: "is no variable of it" },
  ]);
  expect((await send({ name: "Ada", order: "7" })).status).toBe(202);
  await contact?.waitForMessage({ text: "Hi Ada, order 7" });

  const recipients = [{ to, variables: { name: "Ada" } }];
  const batch = { message: { type: "template", template: { templateId } }, recipients };
  const refused = await call.post(`${path}/messages/batch`, batch);
  expect(outcome(refused)).toEqual([422, "template_variables"]);
  expect(refused.body["fields"]).toEqual([
    { path: "recipients.0.variables.order", message: "is missing" },
  ]);
});

test("a scheduled message leaves at its time and not before, one that was cancelled never", async () => {
  const [contact] = contacts;
  if (!contact) throw new Error("there is no contact");
  const sendAt = new Date(Date.now() + 8_000).toISOString();
  const schedule = async (body: string, at = sendAt) => {
    const text = { type: "text", text: { body } };
    const message = { to: contact.number, ...text, sendAt: at, typeFor: 1 };
    const accepted = await call.post(`${path}/messages`, message);
    expect(accepted.status).toBe(202);
    return `${path}/messages/${String(accepted.body["id"])}`;
  };
  const cancelled = await schedule("never");
  await schedule("later");
  await scene.runtime.invoke("wake", { schedule: "messages" });
  expect((await call.post(`${cancelled}/cancel`)).body).toMatchObject({
    status: "failed",
    reason: "cancelled",
  });
  await contact.waitForMessage({ text: "later" }, 30_000);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(sendAt));
  const typing = scene.simulator.history.stanzas({ tag: "chatstate", direction: "in" });
  expect(JSON.stringify(typing.at(-1)?.node)).toContain("composing");
  const early = await schedule("never either", new Date(Date.now() + 30_000).toISOString());
  expect((await call.post(`${early}/cancel`)).status).toBe(200);
  await scene.runtime.invoke("wake", { schedule: "messages" });
  expect(outcome(await call.post(`${early}/cancel`))).toEqual([200, undefined]);
  const done = await tenant.api.send(tenant.key, tenant.sessionId, contact.number, "the last");
  expect(outcome(await call.post(`${path}/messages/${done.id}/cancel`))).toEqual([
    409,
    "message_not_scheduled",
  ]);
  await contact.waitForMessage({ id: done.whatsappId });
  expect(contact.received().map(({ text }) => text)).not.toContain("never");
  expect(owner.devices()).toHaveLength(2);
});

test("a scheduled message that waits in a paced session's line is cancelled for good", async () => {
  const [contact] = contacts;
  if (!contact) throw new Error("there is no contact");
  await call.patch(path, { settings: { pacing: { perMinute: 60, burst: 1 } } });
  const typed = () => scene.simulator.history.stanzas({ tag: "chatstate", direction: "in" }).length;
  const before = typed();
  const { body } = await call.post(`${path}/messages`, {
    to: contact.number,
    type: "text",
    text: { body: "thought better of" },
    sendAt: new Date(Date.now() + 500).toISOString(),
    typeFor: 4,
  });
  await scene.runtime.invoke("wake", { schedule: "messages" });
  // Past its time and its pause: the worker is about to send it.
  await expect.poll(typed, { timeout: 20_000 }).toBeGreaterThan(before);
  const place = `${path}/messages/${String(body["id"])}`;
  expect((await call.post(`${place}/cancel`)).body).toMatchObject({ status: "failed" });
  const next = await tenant.api.send(tenant.key, tenant.sessionId, contact.number, "instead");
  await contact.waitForMessage({ id: next.whatsappId }, 30_000);
  expect(contact.received().map(({ text }) => text)).not.toContain("thought better of");
  expect((await call.get(place)).body).toMatchObject({ status: "failed", reason: "cancelled" });
  await call.patch(path, { settings: { pacing: null } });
});

test("a file inside the network is not fetched, and the chat's next message goes out", async () => {
  const [contact] = contacts;
  const to = contact?.number ?? "";
  using inbox = await tenant.inbox();
  for (const url of ["https://169.254.169.254/latest/a.jpg", "https://localhost/a.jpg"]) {
    const { body } = await call.post(`${path}/messages`, { to, type: "image", image: { url } });
    const { data } = await inbox.find(
      "message.status",
      (event) => event.data.messageId === body["id"],
    );
    expect([data.status, data.reason]).toEqual(["failed", "media_address_denied"]);
  }
  await call.post(`${path}/messages`, { to, type: "text", text: { body: "nothing is stuck" } });
  await contact?.waitForMessage({ text: "nothing is stuck" });
});
