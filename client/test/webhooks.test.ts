import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { expect, test } from "vitest";
import { verifyWebhook } from "../webhooks/verify-webhook.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const body = JSON.stringify({ id: "evt_1", type: "webhook.test", data: { webhookId: "whk_1" } });

function signed(at: Date, by = secret): Record<string, string> {
  return {
    "content-type": "application/json",
    "webhook-id": "evt_1",
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(by).sign("evt_1", at, body),
  };
}

test("a signed request gives its event, from Node's headers and from fetch's", () => {
  const headers = signed(new Date());
  expect(verifyWebhook(secret, { body, headers }).type).toBe("webhook.test");
  expect(verifyWebhook(secret, { body, headers: new Headers(headers) }).id).toBe("evt_1");
});

test("a changed body, an old request, another secret and a missing signature are refused", () => {
  const now = new Date();
  const old = new Date(now.getTime() - 600_000);
  const other = `whsec_${btoa("another secret, as long")}`;
  const bad = [
    { body: body.replace("whk_1", "whk_2"), headers: signed(now) },
    { body, headers: signed(old) },
    { body, headers: signed(now, other) },
    { body, headers: { "webhook-id": "evt_1" } },
  ];
  for (const request of bad) {
    expect(() => verifyWebhook(secret, request)).toThrow(WebhookVerificationError);
  }
});
