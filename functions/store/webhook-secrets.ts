import { randomBytes } from "node:crypto";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

export type WebhookSecretItem = ItemKey & {
  /** As its owner knows it: `whsec_` and the key in base64. */
  secret: string;
  former?: { secret: string; /** Milliseconds since 1970. */ until: number } | undefined;
  /** The webhook's own headers; they may carry credentials. */
  headers: Record<string, string>;
};

function secretKey(webhookId: string): ItemKey {
  return { pk: webhookId, sk: "secret" };
}

export function mint(): string {
  return `whsec_${randomBytes(24).toString("base64")}`;
}

export function find(secrets: Table, webhookId: string): Promise<WebhookSecretItem | undefined> {
  return items.find<WebhookSecretItem>(secrets, secretKey(webhookId));
}

export async function put(
  secrets: Table,
  webhookId: string,
  secret: Omit<WebhookSecretItem, keyof ItemKey>,
): Promise<void> {
  await items.put(secrets, { ...secret, ...secretKey(webhookId) });
}

export function remove(secrets: Table, webhookId: string): Promise<void> {
  return items.remove(secrets, secretKey(webhookId));
}

/** The secrets that sign at a time, the newest first. */
export function signing({ secret, former }: WebhookSecretItem, now: number): string[] {
  return former && former.until > now ? [secret, former.secret] : [secret];
}
