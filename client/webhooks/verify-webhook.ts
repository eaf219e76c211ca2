import { Webhook } from "standardwebhooks";
import type { components } from "../generated/api.ts";

/** An event as a webhook gets it. Of one above 256 KB `data` is null: fetch it from the API. */
export type WebhookEvent = components["schemas"]["WebhookEvent"];

export type WebhookRequest = {
  /** The body as it came, before anything parsed it: the signature is over its very bytes. */
  body: string;
  headers: Headers | Record<string, string | string[] | undefined>;
};

/**
 * The event of a webhook's request, once its signature (Standard Webhooks) and its age are right.
 * The same event may come more than once: `id` tells.
 * @param secret `whsec_…`, as it was shown when the webhook was made
 * @throws {WebhookVerificationError} of the package `standardwebhooks`; answer it with 400
 */
export function verifyWebhook(secret: string, { body, headers }: WebhookRequest): WebhookEvent {
  const given = headers instanceof Headers ? [...headers] : Object.entries(headers);
  const single = given.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return new Webhook(secret).verify(body, Object.fromEntries(single)) as WebhookEvent;
}
