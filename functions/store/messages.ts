import { messageKey } from "#shared/items/message-item.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import * as items from "./items.ts";
import type { Table } from "./items.ts";

export function find(
  messages: Table,
  sessionId: string,
  messageId: string,
): Promise<MessageItem | undefined> {
  return items.find<MessageItem>(messages, messageKey(sessionId, messageId));
}

/** False when a message of this id is there already. */
export function create(messages: Table, item: MessageItem): Promise<boolean> {
  return items.create(messages, item);
}
