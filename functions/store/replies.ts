import { replyKey } from "#shared/items/fleet-item.ts";
import type { ReplyItem } from "#shared/items/fleet-item.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";

/** What became of a question; undefined while nothing has. */
export async function find(
  fleet: Table,
  sessionId: string,
  replyId: string,
): Promise<ReplyItem | undefined> {
  const reply = await items.find<ReplyItem>(fleet, replyKey(sessionId, replyId));
  return reply?.status === "begun" ? undefined : reply;
}
