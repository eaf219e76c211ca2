// What is left of a deleted session: its messages, events, contacts and batches, and the files that it
// has received. What it is billed for stays counted.
import { foldSession } from "#functions/count/fold-session.ts";
import * as erasures from "#functions/store/erasures.ts";
import * as items from "#functions/store/items.ts";
import type { ItemKey, Table } from "#functions/store/items.ts";
import { fileFacts, hasFile } from "#shared/contracts/message-content.ts";
import { batchBodyKey, batchPrefix } from "#shared/items/batch-item.ts";
import type { BatchItem } from "#shared/items/batch-item.ts";
import { erasurePrefix } from "#shared/items/erasure-item.ts";
import { messagePrefix } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import pMap from "p-map";

export type EraseDeps = {
  messages: Table;
  removeFile: (accountId: string, mediaId: string) => Promise<void>;
};

/** Read together, then removed: a write unit each. */
const pageSize = 100;
const concurrency = 16;

/**
 * Erases as much of a session as there is time for; false when something is left, for the next call.
 * Each call begins with what is there: one that was cut short has lost nothing.
 */
export async function eraseSession(
  deps: EraseDeps,
  key: ItemKey,
  isOver: () => boolean,
): Promise<boolean> {
  const { messages } = deps;
  const erasure = await erasures.find(messages, key);
  if (!erasure) return true;
  const { pk: sessionId, accountId } = erasure;
  const owner = { sessionId, accountId };
  while (!(await foldSession(messages, owner))) if (isOver()) return false;
  const pages = items.pages<ItemKey>(messages, {
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": sessionId },
    Limit: pageSize,
  });
  for await (const page of pages) {
    const work = page.filter(({ sk }) => !sk.startsWith(erasurePrefix));
    await pMap(work, (item) => eraseItem(deps, accountId, item), { concurrency });
    if (isOver()) return false;
  }
  await eraseBatches(messages, owner);
  await erasures.end(messages, erasure);
  return true;
}

/** Files that were uploaded may be other sessions' as well: they leave by themselves. */
async function eraseItem(
  { messages, removeFile }: EraseDeps,
  accountId: string,
  { pk, sk, ...item }: ItemKey,
): Promise<void> {
  if (sk.startsWith(messagePrefix)) {
    const { content, direction } = item as unknown as MessageItem;
    const mediaId = hasFile(content) ? fileFacts(content).mediaId : undefined;
    // Before the message, which is what leads to it.
    if (direction === "inbound" && mediaId !== undefined) await removeFile(accountId, mediaId);
  }
  await items.remove(messages, { pk, sk });
}

async function eraseBatches(
  messages: Table,
  { accountId, sessionId }: { accountId: string; sessionId: string },
): Promise<void> {
  const found = items.query<BatchItem>(messages, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": accountId, ":prefix": batchPrefix },
  });
  for await (const batch of found) {
    if (batch.sessionId !== sessionId) continue;
    await items.remove(messages, batchBodyKey(accountId, batch.batchId));
    await items.remove(messages, { pk: batch.pk, sk: batch.sk });
  }
}
