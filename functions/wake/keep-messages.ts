import type { Table } from "#functions/store/items.ts";
import * as offlineMessages from "#functions/store/offline-messages.ts";
import pMap from "p-map";

const concurrency = 16;

/** Stores as waiting what the queue will soon forget. It is queued already, and must not be again. */
export async function keepMessages(messages: Table, isOver: () => boolean): Promise<void> {
  for await (const page of offlineMessages.pagesOfDue(messages)) {
    await pMap(page, (key) => offlineMessages.keep(messages, key), { concurrency });
    if (isOver()) return;
  }
}
