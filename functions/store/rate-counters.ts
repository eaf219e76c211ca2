// One item a counted thing and window. Instances take tokens out of it by the chunk and spend them
// without asking again.
import { expiryAt } from "./expiry.ts";
import * as items from "./items.ts";
import type { ItemKey, Table } from "./items.ts";

type CounterItem = ItemKey & { taken: number; expiresAt: number };

const keepMs = 10 * 60_000;

/** Takes a chunk; gives how much is taken by now, by everybody, this chunk included. */
export async function take(
  control: Table,
  { name, windowEndsAt }: { name: string; windowEndsAt: number },
  chunk: number,
): Promise<number> {
  const key = { pk: `rate#${name}#${windowEndsAt}`, sk: "rate" };
  const counter = await items.change<CounterItem>(control, key, {
    UpdateExpression: "ADD taken :chunk SET expiresAt = :expiresAt",
    ExpressionAttributeValues: {
      ":chunk": chunk,
      ":expiresAt": expiryAt(windowEndsAt + keepMs),
    },
  });
  return counter.taken;
}
