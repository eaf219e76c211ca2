import { foldSession } from "#functions/count/fold-session.ts";
import * as erasures from "#functions/store/erasures.ts";
import type { ItemKey, Table } from "#functions/store/items.ts";
import type { Owner } from "#functions/store/tallies.ts";
import type { ErasureItem } from "#shared/items/erasure-item.ts";

/**
 * Does what an erasure is still to do, as far as there is time; false when something is left, for the next
 * call, or when `erase` says so.
 */
export async function carryOutErasure(
  messages: Table,
  key: ItemKey,
  isOver: () => boolean,
  erase: (erasure: ErasureItem, owner: Owner) => Promise<boolean>,
): Promise<boolean> {
  const erasure = await erasures.find(messages, key);
  if (!erasure) return true;
  const { pk: sessionId, accountId } = erasure;
  const owner = { sessionId, accountId };
  // What an event counts as can be read as long as it says something.
  while (!(await foldSession(messages, owner))) if (isOver()) return false;
  if (!(await erase(erasure, owner))) return false;
  await erasures.end(messages, erasure);
  return true;
}
