import { sessionErasureKey, tracesErasureKey } from "#shared/items/erasure-item.ts";
import type { ErasureItem } from "#shared/items/erasure-item.ts";
import { newId } from "#shared/ids.ts";
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";
import { toUpdate } from "./to-update.ts";

/** The last events of a deleted session come after its deletion, and are for its webhooks to tell. */
const graceMs = 3_600_000;

/** Nothing is kept longer than that. */
const keptMs = 400 * 24 * 3_600_000;

/** Has everything of a session erased, an hour from now: two write units. */
export async function beginOfSession(
  messages: Table,
  { accountId, sessionId }: { accountId: string; sessionId: string },
): Promise<void> {
  const now = messages.now();
  const item: ErasureItem = {
    ...sessionErasureKey(sessionId),
    accountId,
    dueIn: "due",
    dueAt: now + graceMs,
    expiresAt: expiryAt(now + keptMs),
  };
  await items.put(messages, item);
}

/** Has what is left of messages or a person elsewhere erased, soon: a write unit for about 30 ids, and one. */
export async function beginOfTraces(
  messages: Table,
  { accountId, sessionId }: { accountId: string; sessionId: string },
  of: Pick<ErasureItem, "messageIds" | "addresses">,
): Promise<void> {
  const now = messages.now();
  const item: ErasureItem = {
    ...tracesErasureKey(sessionId, newId("event", now)),
    accountId,
    ...of,
    dueIn: "due",
    dueAt: now,
    expiresAt: expiryAt(now + keptMs),
  };
  await items.put(messages, item);
}

/** The next call goes on there. */
export async function goOnAt(messages: Table, { pk, sk }: ItemKey, from: string): Promise<void> {
  const change = { ...toUpdate({ from }), ConditionExpression: "attribute_exists(pk)" };
  await items.update(messages, { pk, sk }, change);
}

export function find(messages: Table, key: ItemKey): Promise<ErasureItem | undefined> {
  return items.find<ErasureItem>(messages, key);
}

export function end(messages: Table, { pk, sk }: ItemKey): Promise<void> {
  return items.remove(messages, { pk, sk });
}
