import * as places from "#functions/store/webhook-places.ts";
import { newId } from "#shared/ids.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, startReceiver } from "./start-receiver.ts";
import type { Receiver } from "./start-receiver.ts";
import { startWebhooks } from "./start-webhooks.ts";
import type { Webhooks } from "./start-webhooks.ts";

let hooks: Webhooks;
let receiver: Receiver;

beforeAll(async () => {
  hooks = await startWebhooks();
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
  await hooks[Symbol.asyncDispose]();
});

/** The receiver's owner deletes the webhook while the receiver is being called, which then answers so. */
function deleteWhenCalled(webhookId: string, status: number): void {
  receiver.behave(async (...call) => {
    await hooks.call("deleteWebhook", { apiKey: hooks.apiKey, params: { webhookId } });
    answer(status)(...call);
  });
}

test.each([200, 500])(
  "a webhook that is deleted while it is called, and answers %i, leaves no place in a log behind",
  async (status) => {
    for (const deliveriesBefore of [0, 1]) {
      receiver.behave(answer(200));
      const { id } = await hooks.create(receiver.url);
      await hooks.receive(deliveriesBefore);
      await hooks.run();
      deleteWhenCalled(id, status);
      await hooks.receive();
      await hooks.run();
      expect(await places.ofWebhook(hooks.webhooks, id)).toEqual([]);
      await hooks.pass(10 * 60_000);
      expect(await places.ofWebhook(hooks.webhooks, id)).toEqual([]);
    }
  },
);

test("a place whose webhook is gone is cleared away when it is due", async () => {
  const { accountId, sessionId: source } = hooks.owner;
  const webhookId = newId("webhook");
  const dueAt = hooks.now();
  await places.put(hooks.webhooks, webhookId, { accountId, source, cursor: "1.1", dueAt }, true);
  await hooks.pass(60_000);
  expect(await places.ofWebhook(hooks.webhooks, webhookId)).toEqual([]);
});
