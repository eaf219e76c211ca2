import { boundSession } from "#functions/auth/caller.ts";
import type { Caller } from "#functions/auth/caller.ts";
import type { LoggedEvent } from "#shared/contracts/account-event.ts";
import { Fault } from "#shared/faults/fault.ts";
import * as items from "./items.ts";
import { toUpdate } from "./to-update.ts";
import type { ItemKey, Table } from "./items.ts";

/** A webhook endpoint, without what must stay secret of it. */
export type WebhookItem = ItemKey & {
  accountId: string;
  webhookId: string;
  /** Or the ARN of a queue or a bus, which we send to in `roleArn`. */
  url: string;
  roleArn?: string | undefined;
  description: string;
  sessionId?: string | undefined;
  types?: LoggedEvent["type"][] | undefined;
  headerNames: string[];
  enabled: boolean;
  disabledReason?: "user" | "gone" | "failing" | undefined;
  /** Milliseconds since 1970; set by a failure, removed by a success. */
  failingSince?: number | undefined;
  /** ISO times. */
  formerSecretUntil?: string | undefined;
  createdAt: string;
};

export const webhookPrefix = "whk_";

export function accountPartition(accountId: string): string {
  return `acc#${accountId}`;
}

export function webhookKey(accountId: string, webhookId: string): ItemKey {
  return { pk: accountPartition(accountId), sk: webhookId };
}

export function find(
  webhooks: Table,
  accountId: string,
  webhookId: string,
): Promise<WebhookItem | undefined> {
  return items.find<WebhookItem>(webhooks, webhookKey(accountId, webhookId));
}

/** Whether the caller may know of the webhook: a key of one session sees that session's alone. */
export function isVisible(caller: Caller, webhook: WebhookItem): boolean {
  const bound = boundSession(caller);
  return bound === undefined || bound === webhook.sessionId;
}

/** @throws {Fault} `not_found` when it is absent or not the caller's to see */
export async function require(
  webhooks: Table,
  caller: Caller,
  webhookId: string,
): Promise<WebhookItem> {
  const webhook = await find(webhooks, caller.accountId, webhookId);
  if (webhook && isVisible(caller, webhook)) return webhook;
  throw new Fault("not_found");
}

export function ofAccount(webhooks: Table, accountId: string): Promise<WebhookItem[]> {
  return Array.fromAsync(
    items.query<WebhookItem>(webhooks, {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": accountPartition(accountId), ":prefix": webhookPrefix },
    }),
  );
}

export async function put(webhooks: Table, webhook: WebhookItem): Promise<void> {
  await items.put(webhooks, webhook);
}

/** Sets what is given, removes what is null; undefined when the webhook is gone meanwhile. */
export async function change(
  webhooks: Table,
  webhook: WebhookItem,
  changes: { [Name in keyof WebhookItem]?: WebhookItem[Name] | null | undefined },
): Promise<WebhookItem | undefined> {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (given.length === 0) return webhook;
  const stands = await items.update(webhooks, keyOf(webhook), {
    ...toUpdate(Object.fromEntries(given)),
    ConditionExpression: "attribute_exists(pk)",
  });
  return stands ? find(webhooks, webhook.accountId, webhook.webhookId) : undefined;
}

export function remove(webhooks: Table, webhook: WebhookItem): Promise<void> {
  return items.remove(webhooks, keyOf(webhook));
}

export function wants({ sessionId, types }: WebhookItem, event: LoggedEvent): boolean {
  return (
    !("silent" in event && event.silent) &&
    (sessionId === undefined || sessionId === event.sessionId) &&
    (types?.includes(event.type) ?? true)
  );
}

/** Remembers since when nothing has succeeded; the first failure counts. */
export async function markFailing(webhooks: Table, webhook: WebhookItem): Promise<number> {
  if (webhook.failingSince !== undefined) return webhook.failingSince;
  const since = webhooks.now();
  await items.update(webhooks, keyOf(webhook), {
    UpdateExpression: "SET failingSince = :since",
    ConditionExpression: "attribute_exists(pk) AND attribute_not_exists(failingSince)",
    ExpressionAttributeValues: { ":since": since },
  });
  webhook.failingSince = since;
  return since;
}

export async function markWorking(webhooks: Table, webhook: WebhookItem): Promise<void> {
  if (webhook.failingSince === undefined) return;
  await items.update(webhooks, keyOf(webhook), {
    UpdateExpression: "REMOVE failingSince",
    ConditionExpression: "attribute_exists(pk)",
  });
  delete webhook.failingSince;
}

/** Disables it unless it was changed meanwhile or, for `failing`, something has succeeded. */
export async function disable(
  webhooks: Table,
  webhook: WebhookItem,
  reason: "gone" | "failing",
): Promise<void> {
  const unlessWorking = reason === "failing" ? " AND failingSince = :since" : "";
  await items.update(webhooks, keyOf(webhook), {
    UpdateExpression: "SET enabled = :no, disabledReason = :reason",
    ConditionExpression: `enabled = :yes AND #url = :url${unlessWorking}`,
    ExpressionAttributeNames: { "#url": "url" },
    ExpressionAttributeValues: {
      ":no": false,
      ":yes": true,
      ":reason": reason,
      ":url": webhook.url,
      ...(unlessWorking !== "" && { ":since": webhook.failingSince }),
    },
  });
}

function keyOf({ pk, sk }: WebhookItem): ItemKey {
  return { pk, sk };
}
