import * as items from "#functions/store/items.ts";
import type { ItemKey, Table } from "#functions/store/items.ts";
import { encodePageCursor, parsePageCursor } from "./page-cursor.ts";

type Listing<Item> = {
  partition: string;
  /** Prefix of the sort keys that belong to the list. */
  prefix: string;
  newestFirst?: boolean;
  /** Items that the caller must not see. */
  isShown?: (item: Item) => boolean;
};

/** One page of the items of a partition. */
export async function listPage<Item extends ItemKey>(
  table: Table,
  { partition, prefix, newestFirst = false, isShown = () => true }: Listing<Item>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ page: Item[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : parsePageCursor(cursor, partition, prefix);
  const found = items.query<Item>(table, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": partition, ":prefix": prefix },
    ScanIndexForward: !newestFirst,
    Limit: limit + 1,
    ...(after !== undefined && { ExclusiveStartKey: { pk: partition, sk: after } }),
  });
  const page: Item[] = [];
  for await (const item of found) {
    if (!isShown(item)) continue;
    const last = page.at(-1);
    if (page.length === limit && last) {
      return { page, nextCursor: encodePageCursor(partition, last.sk) };
    }
    page.push(item);
  }
  return { page, nextCursor: null };
}
