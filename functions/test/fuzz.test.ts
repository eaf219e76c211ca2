import { scopes } from "#shared/routes/define-route.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSessionIn } from "./events.ts";
import { fuzzApi } from "./fuzz-api.ts";
import type { Known } from "./fuzz-api.ts";
import { operatorSecret, startSystem } from "./start-system.ts";
import type { System } from "./start-system.ts";

/** `WAFLEET_FUZZ_RUNS=10000 npx vitest run functions/test/fuzz` for the long form. */
const runs = Number(process.env["WAFLEET_FUZZ_RUNS"] ?? 400);

let system: System;
const rejections: unknown[] = [];
const note = (reason: unknown) => void rejections.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", note);
  system = await startSystem();
});
afterAll(async () => {
  process.off("unhandledRejection", note);
  await system[Symbol.asyncDispose]();
});

/** Few enough that what a request ends (its key, its session, its sign-in) is soon there again. */
const runsOfOneTenant = 50;

async function startTenant(): Promise<Known> {
  const owner = await system.createTenant();
  const { sessionId } = await createSessionIn(system, owner);
  const { token, accountId } = owner;
  const body = { name: "key", scopes };
  const key = (await system.call("createKey", { token, body })).body;
  const { userId } = await system.createUser(accountId, "member");
  const message = { to: "14155550123", type: "text", text: { body: "hi" } };
  const sent = await system.call("sendMessage", { token, params: { sessionId }, body: message });
  const webhook = { url: "http://127.0.0.1:9/" };
  const webhookId = (await system.call("createWebhook", { token, body: webhook })).body.id;
  const deliveryId = (await system.call("testWebhook", { token, params: { webhookId } })).body.id;
  const known = { sessionId, accountId, userId, keyId: key.id, messageId: sent.body.id };
  const params = { ...known, webhookId, deliveryId };
  return { token, apiKey: key.key, operatorSecret, params };
}

test(
  "whatever is sent, nothing breaks, and no log line holds a secret",
  { timeout: 3_600_000 },
  async () => {
    for (let done = 0; done < runs; done += runsOfOneTenant) {
      await fuzzApi(system, await startTenant(), runsOfOneTenant);
      system.logLines.length = 0;
    }
    expect(rejections).toEqual([]);
  },
);
