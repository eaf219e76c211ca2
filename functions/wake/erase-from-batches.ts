import type { Table } from "#functions/store/items.ts";
import * as batches from "#functions/store/batches.ts";
import { erasedRecipient } from "#shared/items/batch-item.ts";
import type { BatchRecipient } from "#shared/items/batch-item.ts";
import type { Erased } from "./erased.ts";

/** Whom a session's batches went to, and what stood for the variables; those of others stay. */
export async function eraseFromBatches(
  messages: Table,
  owner: { accountId: string; sessionId: string },
  erased: Erased,
): Promise<void> {
  for await (const batch of batches.ofSession(messages, owner)) {
    if (!erased.reaches(batch.createdAt)) continue;
    const body = await batches.findBody(messages, batch);
    const first = body.recipients.findIndex(([to]) => erased.hasAddress(to));
    if (first < 0) continue;
    const recipients = body.recipients.map((recipient): BatchRecipient =>
      erased.hasAddress(recipient[0]) ? [erasedRecipient(first), {}] : recipient,
    );
    await batches.putBody(messages, batch, { ...body, recipients });
  }
}
