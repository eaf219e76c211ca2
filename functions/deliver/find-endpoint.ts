import * as webhookSecrets from "#functions/store/webhook-secrets.ts";
import * as webhooks from "#functions/store/webhooks.ts";
import type { DeliverDeps, Endpoint } from "./deliver-deps.ts";

/** Undefined when it was deleted. */
export async function findEndpoint(
  deps: DeliverDeps,
  { accountId, webhookId }: { accountId: string; webhookId: string },
): Promise<Endpoint | undefined> {
  const [webhook, secret] = await Promise.all([
    webhooks.find(deps.webhooks, accountId, webhookId),
    webhookSecrets.find(deps.secrets, webhookId),
  ]);
  return webhook && secret ? { webhook, secret } : undefined;
}
