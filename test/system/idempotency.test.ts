import { expect, test } from "vitest";
import { linkPhone, request, startScene } from "./start-scene.ts";

test("requests with one Idempotency-Key make one message, however often and at once they come", async () => {
  await using scene = await startScene();
  const tenant = await scene.createTenant();
  await linkPhone(scene, tenant);
  const contact = await scene.simulator.createPhone();
  const send = (body: string) =>
    request(scene, `/v1/sessions/${tenant.sessionId}/messages`, {
      method: "POST",
      token: tenant.key,
      headers: { "idempotency-key": "order-4711" },
      body: JSON.stringify({ to: contact.number, type: "text", text: { body } }),
    });

  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send("once only")));
  const accepted = answers.filter(({ status }) => status === 202);
  expect(accepted.length).toBeGreaterThan(0);
  expect(new Set(accepted.map(({ body }) => body["id"])).size).toBe(1);
  // Those that came while the first was under way are told so, and may ask again.
  for (const { status, body } of answers) {
    if (status !== 202)
      expect([status, body["code"]]).toEqual([409, "idempotency_key_in_progress"]);
  }
  expect((await send("once only")).body).toEqual(accepted[0]?.body);

  const other = await send("another body");
  expect([other.status, other.body["code"]]).toEqual([409, "idempotency_key_reused"]);

  await contact.waitForMessage({ text: "once only" });
  const after = await scene.api.send(tenant.key, tenant.sessionId, contact.number, "the next one");
  await contact.waitForMessage({ id: after.whatsappId });
  expect(contact.received().map(({ text }) => text)).toEqual(["once only", "the next one"]);
  scene.simulator.history.assertReceivedOnce();
});
