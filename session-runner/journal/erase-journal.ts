import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { EntryRow } from "./entry-store.ts";
import type { Journal } from "./journal.ts";
import { emptyFold, toChange } from "./fold.ts";
import type { JournalStores } from "./open-journal.ts";
import { storeSnapshot } from "./snapshots.ts";

const batchSize = 25;

/**
 * Deletes a session's credentials for good: an erase entry first (from then on the state is empty,
 * and sealed with the new data key that the entry brings), then the old rows and snapshots. Whatever
 * a crash leaves is sealed with a key that is gone, or is finished by the next call.
 */
export async function eraseJournal(
  stores: JournalStores,
  database: { dynamodb: DynamoDBDocumentClient; table: string },
  sessionId: string,
  journal: Journal,
): Promise<void> {
  const key = await stores.dataKeys.generate(sessionId);
  await journal.appendMark("erase", { wrappedKey: Buffer.from(key.wrapped).toString("base64") });
  const { position } = journal;
  const content = toChange(emptyFold());
  await storeSnapshot(stores, sessionId, { position, content, key, final: true });
  const rows = await stores.entries.readAfter(sessionId, 0);
  const doomed = rows.filter((row) => row.seq <= position.seq);
  for (let start = 0; start < doomed.length; start += batchSize) {
    let requests = doomed.slice(start, start + batchSize).map((row) => ({
      PutRequest: { Item: toTombstone(row) },
    }));
    while (requests.length > 0) {
      const { UnprocessedItems } = await database.dynamodb.send(
        new BatchWriteCommand({ RequestItems: { [database.table]: requests } }),
      );
      requests = (UnprocessedItems?.[database.table] ?? []) as typeof requests;
    }
  }
}

/**
 * A row without its content. It keeps its place until it expires: a former owner who wakes up late
 * would find a free one there, and take itself for the owner.
 */
function toTombstone(row: EntryRow): EntryRow {
  return { ...row, data: new Uint8Array(0), appendId: "erased" };
}
