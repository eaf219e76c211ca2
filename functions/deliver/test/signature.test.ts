import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Webhook } from "standardwebhooks";
import { sign } from "../sign.ts";
import { answer, startReceiver } from "./start-receiver.ts";
import type { Received, Receiver } from "./start-receiver.ts";
import { startWebhooks } from "./start-webhooks.ts";
import type { Webhooks } from "./start-webhooks.ts";

const hour = 3_600_000;

let hooks: Webhooks;
let receiver: Receiver;

beforeAll(async () => (hooks = await startWebhooks()));
afterAll(() => hooks[Symbol.asyncDispose]());
beforeEach(async () => (receiver = await startReceiver()));
afterEach(() => receiver[Symbol.asyncDispose]());

function verifies(secret: string, { body, headers }: Received): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

async function receiveOne(): Promise<Received> {
  await hooks.receive(1);
  await hooks.run();
  const last = receiver.all.at(-1);
  if (!last) throw new Error("nothing was delivered");
  return last;
}

test("a signature verifies; a tampered body, an old timestamp or another secret does not", async () => {
  const { secret } = await hooks.create(receiver.url);
  const other = await hooks.create(receiver.url, { types: ["session.qr_code"] });
  const got = await receiveOne();
  expect(verifies(secret, got)).toBe(true);
  expect(verifies(secret, { ...got, body: got.body.replace("text", "next") })).toBe(false);
  expect(verifies(other.secret, got)).toBe(false);
  const id = String(got.headers["webhook-id"]);
  const timestamp = Math.floor(Date.now() / 1000) - 600;
  const old = sign({ id, timestamp, body: got.body }, [secret]);
  const headers = { "webhook-timestamp": String(timestamp), "webhook-signature": old };
  expect(verifies(secret, { ...got, headers: { ...got.headers, ...headers } })).toBe(false);
});

test("the library and we sign alike", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const signed = { id: "evt_1", timestamp: 1_700_000_000, body: '{"a":"ü"}' };
  const theirs = new Webhook(secret).sign("evt_1", new Date(1_700_000_000_000), '{"a":"ü"}');
  expect(sign(signed, [secret])).toBe(theirs);
});

test("rotating twice ends no secret before its time, and headers that change meanwhile stay", async () => {
  const { apiKey } = hooks;
  const { id, secret: first } = await hooks.create(receiver.url);
  const params = { webhookId: id };
  const rotate = async (overlapHours: number) =>
    (await hooks.call("rotateWebhookSecret", { apiKey, params, body: { overlapHours } })).body;
  const headers = { "x-team": "blue" };
  const [second, third] = await Promise.all([
    rotate(2),
    rotate(1),
    hooks.call("updateWebhook", { apiKey, params, body: { headers } }),
  ]);
  const got = await receiveOne();
  expect(got.headers["x-team"]).toBe("blue");
  for (const secret of [first, second.secret, third.secret]) {
    expect(verifies(secret, got)).toBe(true);
  }
  const { secret: last } = await rotate(0);
  const later = await receiveOne();
  expect(verifies(last, later)).toBe(true);
  expect(verifies(first, later)).toBe(true);
  expect((await hooks.webhook(id)).formerSecretWorksUntil).toBe(second.formerSecretWorksUntil);
});

test("while a secret is rotated both sign, and then the new one alone", async () => {
  const { apiKey } = hooks;
  const { id, secret: old } = await hooks.create(receiver.url);
  const params = { webhookId: id };
  const rotated = await hooks.call("rotateWebhookSecret", {
    apiKey,
    params,
    body: { overlapHours: 1 },
  });
  const { secret, formerSecretWorksUntil } = rotated.body;
  expect((await hooks.webhook(id)).formerSecretWorksUntil).toBe(formerSecretWorksUntil);
  const during = await receiveOne();
  expect([verifies(old, during), verifies(secret, during)]).toEqual([true, true]);
  hooks.advance(hour + 1000);
  const after = await receiveOne();
  // The clock of this test is ahead of the library's, so signatures are compared.
  const timestamp = Number(after.headers["webhook-timestamp"]);
  const signed = { id: String(after.headers["webhook-id"]), timestamp, body: after.body };
  expect(after.headers["webhook-signature"]).toBe(sign(signed, [secret]));
  expect((await hooks.webhook(id)).formerSecretWorksUntil).toBeNull();
});

test("secrets are shown once: in no list, no delivery, no log line", async () => {
  const { apiKey } = hooks;
  const token = "Bearer of-a-receiver-who-echoes";
  const made = await hooks.create(receiver.url, { headers: { authorization: token } });
  receiver.behave((response, { headers }) =>
    answer(500, JSON.stringify(headers))(response, {} as Received),
  );
  expect((await receiveOne()).headers.authorization).toBe(token);
  const params = { webhookId: made.id };
  const [delivery] = await hooks.deliveries(made.id);
  const shown = [
    await hooks.call("listWebhooks", { apiKey }),
    await hooks.call("getWebhook", { apiKey, params }),
    await hooks.call("listWebhookDeliveries", { apiKey, params }),
    await hooks.call("getWebhookDelivery", {
      apiKey,
      params: { ...params, deliveryId: delivery?.id ?? "" },
    }),
  ].map(({ text }) => text);
  expect(shown.at(-1)).toContain("[hidden]");
  for (const text of [...shown, ...hooks.logLines]) {
    expect(text).not.toContain(made.secret);
    expect(text).not.toContain(token);
  }
});

test.each([
  "Host",
  "connection",
  "Transfer-Encoding",
  "webhook-signature",
  "Content-Length",
  "proxy-authorization",
])("the header %s cannot be set", async (name) => {
  const { apiKey } = hooks;
  const body = { url: receiver.url, headers: { [name]: "x" } };
  expect((await hooks.call("createWebhook", { apiKey, body })).status).toBe(400);
});
