// What is left of erased messages and people elsewhere: in the event log, whose events keep their places so
// that no reader misses one, in other messages, in batches.
import type { EraseDeps } from "#functions/erase-message.ts";
import * as erasures from "#functions/store/erasures.ts";
import * as items from "#functions/store/items.ts";
import type { ItemKey, Table } from "#functions/store/items.ts";
import type { ErasureItem } from "#shared/items/erasure-item.ts";
import { anyRecipientPrefix, eventLogPrefix, messagePrefix } from "#shared/items/message-item.ts";
import type { EventLogItem, MessageItem, RecipientItem } from "#shared/items/message-item.ts";
import { carryOutErasure } from "./carry-out-erasure.ts";
import { eraseFromBatches } from "./erase-from-batches.ts";
import { eraseFromMessage } from "./erase-from-message.ts";
import { toErased } from "./erased.ts";
import type { Erased } from "./erased.ts";
import { redactItem } from "./redact-item.ts";

const pageSize = 50;

/**
 * Goes through all that is kept of a session as far as there is time; false when something is left, for the
 * next call.
 */
export function eraseTraces(
  deps: EraseDeps,
  key: ItemKey,
  isOver: () => boolean,
): Promise<boolean> {
  const { messages } = deps;
  return carryOutErasure(messages, key, isOver, async (erasure, owner) => {
    const erased = toErased(erasure);
    for await (const page of pagesOf(messages, erasure)) {
      for (const item of page) await eraseFromItem(deps, item, erased);
      const last = page.at(-1);
      if (!isOver() || !last) continue;
      await erasures.goOnAt(messages, erasure, last.sk);
      return false;
    }
    if (erasure.addresses) await eraseFromBatches(messages, owner, erased);
    return true;
  });
}

/** What may say anything of it: of messages alone, events, and the messages since the first of them. */
async function* pagesOf(messages: Table, erasure: ErasureItem): AsyncGenerator<ItemKey[]> {
  const { pk, from = "", messageIds = [], addresses } = erasure;
  const [first = ""] = messageIds.toSorted();
  const ranges: [begin: string, end: string][] = addresses
    ? [[eventLogPrefix, `${anyRecipientPrefix}~`]]
    : [
        [eventLogPrefix, `${eventLogPrefix}~`],
        [messagePrefix + first, `${messagePrefix}~`],
      ];
  for (const [begin, end] of ranges) {
    if (from > end) continue;
    yield* items.pages<ItemKey>(messages, {
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :begin AND :end",
      ExpressionAttributeValues: { ":pk": pk, ":begin": from > begin ? from : begin, ":end": end },
      Limit: pageSize,
    });
  }
}

async function eraseFromItem(deps: EraseDeps, item: ItemKey, erased: Erased): Promise<void> {
  const { pk, sk } = item;
  if (sk.startsWith(eventLogPrefix)) {
    await redactItem(deps.messages, item as EventLogItem, erased);
  } else if (sk.startsWith(messagePrefix)) {
    await eraseFromMessage(deps, item as MessageItem, erased);
  } else if (sk.startsWith(anyRecipientPrefix)) {
    const { recipient } = item as RecipientItem;
    if (erased.isPerson(recipient)) await items.remove(deps.messages, { pk, sk });
  }
}
