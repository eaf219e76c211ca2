/** Which addresses tenants may have us call: the public internet over TLS, or any at all. */
export const webhookTargets = ["public", "any"] as const;

export type WebhookTargets = (typeof webhookTargets)[number];
