// What is left of a deleted session: its messages, events, contacts and batches, and the files that it
// has received. What it is billed for stays counted.
import { eraseFile } from "#functions/erase-message.ts";
import type { EraseDeps } from "#functions/erase-message.ts";
import * as batches from "#functions/store/batches.ts";
import * as items from "#functions/store/items.ts";
import type { ItemKey, Table } from "#functions/store/items.ts";
import { batchBodyKey } from "#shared/items/batch-item.ts";
import { erasurePrefix } from "#shared/items/erasure-item.ts";
import { messagePrefix } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import pMap from "p-map";
import { carryOutErasure } from "./carry-out-erasure.ts";

/** Read together, then removed: a write unit each. */
const pageSize = 100;
const concurrency = 16;

/**
 * Erases as much of a session as there is time for; false when something is left, for the next call.
 * Each call begins with what is there: one that was cut short has lost nothing.
 */
export function eraseSession(
  deps: EraseDeps,
  key: ItemKey,
  isOver: () => boolean,
): Promise<boolean> {
  const { messages } = deps;
  return carryOutErasure(messages, key, isOver, async (_erasure, owner) => {
    const pages = items.pages<ItemKey>(messages, {
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": owner.sessionId },
      Limit: pageSize,
    });
    for await (const page of pages) {
      const work = page.filter(({ sk }) => !sk.startsWith(erasurePrefix));
      await pMap(work, (item) => eraseItem(deps, item), { concurrency });
      if (isOver()) return false;
    }
    await eraseBatches(messages, owner);
    return true;
  });
}

async function eraseItem(deps: EraseDeps, item: ItemKey): Promise<void> {
  const { pk, sk } = item;
  if (sk.startsWith(messagePrefix)) await eraseFile(deps, item as MessageItem);
  await items.remove(deps.messages, { pk, sk });
}

async function eraseBatches(
  messages: Table,
  owner: { accountId: string; sessionId: string },
): Promise<void> {
  for await (const { pk, sk, batchId } of batches.ofSession(messages, owner)) {
    await items.remove(messages, batchBodyKey(owner.accountId, batchId));
    await items.remove(messages, { pk, sk });
  }
}
