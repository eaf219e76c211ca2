import { startReceiver } from "#functions/deliver/test/start-receiver.ts";
import { createClient } from "#client/create-client.ts";
import { requireData } from "#client/require-data.ts";
import { verifyWebhook } from "#client/webhooks/verify-webhook.ts";
import { expect, test } from "vitest";
import { linkPhone, startScene } from "./start-scene.ts";

test("a message that comes in reaches a webhook, signed, and its delivery is in the log", async () => {
  await using scene = await startScene();
  await using receiver = await startReceiver();
  const tenant = await scene.createTenant();
  const api = createClient({ baseUrl: scene.runtime.apiUrl, token: tenant.accessToken });
  const { id, secret } = await requireData(
    api.POST("/v1/webhooks", { body: { url: receiver.url, types: ["message.received"] } }),
  );
  const owner = await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  await contact.say(owner.number, "hello there");
  await expect.poll(() => receiver.all.length, { timeout: 20_000 }).toBe(1);
  const [got] = receiver.all;
  if (!got) throw new Error("nothing was delivered");
  expect(verifyWebhook(secret, got)).toMatchObject({
    type: "message.received",
    sessionId: tenant.sessionId,
    data: { content: { type: "text", text: { body: "hello there" } } },
  });
  const list = () =>
    requireData(
      api.GET("/v1/webhooks/{webhookId}/deliveries", { params: { path: { webhookId: id } } }),
    );
  await expect.poll(list, { timeout: 20_000 }).toMatchObject({
    data: [{ status: "succeeded", eventId: got.headers["webhook-id"] }],
  });
});
