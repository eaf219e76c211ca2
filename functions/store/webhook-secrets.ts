import { randomBytes } from "node:crypto";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";
import { toUpdate } from "./to-update.ts";

/** Each makes the header of every signature longer. */
const mostFormers = 10;

type FormerSecret = { secret: string; /** Milliseconds since 1970. */ until: number };

export type WebhookSecretItem = ItemKey & {
  /** As its owner knows it: `whsec_` and the key in base64. */
  secret: string;
  /** Those before it that sign still, the newest first. */
  formers?: FormerSecret[] | undefined;
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

/** False when the webhook is gone meanwhile. */
export function setHeaders(
  secrets: Table,
  webhookId: string,
  headers: Record<string, string>,
): Promise<boolean> {
  return items.update(secrets, secretKey(webhookId), {
    ...toUpdate({ headers }),
    ConditionExpression: "attribute_exists(pk)",
  });
}

/**
 * Puts a new secret in the place of the one that was read, which signs until then, as do those before
 * it for their time. Undefined when that one has been replaced meanwhile.
 */
export async function rotate(
  secrets: Table,
  { pk, sk, secret: former, formers = [] }: WebhookSecretItem,
  until: number,
): Promise<(Pick<WebhookSecretItem, "secret"> & { formers: FormerSecret[] }) | undefined> {
  const known = [{ secret: former, until }, ...formers];
  const left = known.filter((one) => one.until > secrets.now()).slice(0, mostFormers);
  const secret = mint();
  const change = toUpdate({ secret, formers: left });
  const rotated = await items.update(
    secrets,
    { pk, sk },
    {
      ...change,
      ConditionExpression: "#secret = :former",
      ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ":former": former },
    },
  );
  return rotated ? { secret, formers: left } : undefined;
}

export function remove(secrets: Table, webhookId: string): Promise<void> {
  return items.remove(secrets, secretKey(webhookId));
}

/** The secrets that sign at a time, the newest first. */
export function signing({ secret, formers = [] }: WebhookSecretItem, now: number): string[] {
  const living = formers.filter(({ until }) => until > now);
  return [secret, ...living.map((former) => former.secret)];
}
