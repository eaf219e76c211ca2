import { call } from "#local/demo/call.ts";
import { startReceiver } from "#functions/deliver/test/start-receiver.ts";
import { createdKeySchema } from "#shared/contracts/api-key.ts";
import { createdWebhookSchema } from "#shared/contracts/webhook.ts";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { linkPhone, startScene } from "./start-scene.ts";

test("a message that comes in reaches a webhook, signed, and its delivery is in the log", async () => {
  await using scene = await startScene();
  await using receiver = await startReceiver();
  const tenant = await scene.createTenant();
  const url = scene.runtime.apiUrl;
  const body = { name: "hooks", scopes: ["webhooks:write"] };
  const { key } = createdKeySchema.parse(
    await call({ method: "POST", url: `${url}/v1/keys`, token: tenant.accessToken, body }),
  );
  const { id, secret } = createdWebhookSchema.parse(
    await call({
      method: "POST",
      url: `${url}/v1/webhooks`,
      token: key,
      body: { url: receiver.url, types: ["message.received"] },
    }),
  );
  const owner = await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  await contact.say(owner.number, "hello there");
  await expect.poll(() => receiver.all.length, { timeout: 20_000 }).toBe(1);
  const [got] = receiver.all;
  const event = new Webhook(secret).verify(got?.body ?? "", got?.headers as Record<string, string>);
  expect(event).toMatchObject({
    type: "message.received",
    sessionId: tenant.sessionId,
    data: { content: { type: "text", text: { body: "hello there" } } },
  });
  const list = () =>
    call({ method: "GET", url: `${url}/v1/webhooks/${id}/deliveries`, token: key });
  await expect.poll(list, { timeout: 20_000 }).toMatchObject({
    data: [{ status: "succeeded", eventId: got?.headers["webhook-id"] }],
  });
});
