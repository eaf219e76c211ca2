import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Journal } from "./journal.ts";
import { emptyFold, toChange } from "./fold.ts";
import type { JournalStores } from "./open-journal.ts";
import { storeSnapshot } from "./snapshots.ts";

const batchSize = 25;

/**
 * Deletes a session's credentials for good: an erase entry first (from then on the state is empty),
 * a new data key, then the old rows and snapshots. Whatever a crash leaves is sealed with a key
 * that is gone, or is finished by the next call.
 */
export async function eraseJournal(
  stores: JournalStores,
  database: { dynamodb: DynamoDBDocumentClient; table: string },
  sessionId: string,
  journal: Journal,
): Promise<void> {
  await journal.appendMark("erase");
  const { position } = journal;
  const key = await stores.dataKeys.generate(sessionId);
  const content = toChange(emptyFold());
  await storeSnapshot(stores, sessionId, { position, content, key, final: true });
  const rows = await stores.entries.readAfter(sessionId, 0);
  const doomed = rows.filter((row) => row.seq <= position.seq);
  for (let start = 0; start < doomed.length; start += batchSize) {
    let requests = doomed.slice(start, start + batchSize).map(({ seq }) => ({
      DeleteRequest: { Key: { sessionId, seq } },
    }));
    while (requests.length > 0) {
      const { UnprocessedItems } = await database.dynamodb.send(
        new BatchWriteCommand({ RequestItems: { [database.table]: requests } }),
      );
      requests = (UnprocessedItems?.[database.table] ?? []) as typeof requests;
    }
  }
}
