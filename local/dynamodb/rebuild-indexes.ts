import {
  database,
  type IndexRecord,
  type KeyRange,
  type Store,
  type TableRecord,
} from "./dynalite.ts";
import type { WireItem } from "./item-size.ts";

/**
 * Makes every index anew from its table. Index entries and items are written one after the other,
 * so a process that was killed between the two would leave an index that contradicts its table.
 */
export async function rebuildIndexes(store: Store): Promise<void> {
  for await (const table of store.db.values(section("table"))) {
    const { GlobalSecondaryIndexes, LocalSecondaryIndexes } = table as TableRecord;
    await rebuild(store, table as TableRecord, "global", GlobalSecondaryIndexes ?? []);
    await rebuild(store, table as TableRecord, "local", LocalSecondaryIndexes ?? []);
  }
}

async function rebuild(
  store: Store,
  table: TableRecord,
  kind: "global" | "local",
  indexes: IndexRecord[],
): Promise<void> {
  if (indexes.length === 0) return;
  const sectionOf = (index: string) => section(`index-${kind}~${table.TableName}~${index}`);
  for (const index of indexes) await store.db.clear(sectionOf(index.IndexName));
  for await (const item of store.db.values(section(`item-${table.TableName}`))) {
    const { puts } = database.getIndexActions(indexes, undefined, item as WireItem, table);
    await store.db.batch(
      puts.map((put) => ({
        type: "put" as const,
        key: sectionOf(put.index).gte + put.key,
        value: put.item,
      })),
    );
  }
}

/** Where dynalite keeps the keys of one of its sections. */
function section(name: string): KeyRange {
  return { gte: `${name}~`, lt: `${name}~\u00ff` };
}
