import * as items from "#functions/store/items.ts";
import type { Table } from "#functions/store/items.ts";
import { fileFacts, hasFile } from "#shared/contracts/message-content.ts";
import { recipientPrefix } from "#shared/items/message-item.ts";
import type { MessageItem, RecipientItem } from "#shared/items/message-item.ts";

export type EraseDeps = {
  messages: Table;
  removeFile: (accountId: string, mediaId: string) => Promise<void>;
};

/** With who has it, and the file that came with it: one write unit, and one for each member of a group. */
export async function eraseMessage(deps: EraseDeps, message: MessageItem): Promise<void> {
  const { pk, sk, messageId, recipientCount } = message;
  await eraseFile(deps, message);
  if (recipientCount !== undefined) await eraseRecipients(deps.messages, pk, messageId);
  await items.remove(deps.messages, { pk, sk });
  // What was heard of in between; from now on nothing is noted of a message that is not there.
  if (recipientCount !== undefined) await eraseRecipients(deps.messages, pk, messageId);
}

/** To be done before the message goes, which is what leads to it. Uploaded ones may be other messages' as well. */
export async function eraseFile(
  { removeFile }: EraseDeps,
  { accountId, direction, content }: MessageItem,
): Promise<void> {
  const mediaId = hasFile(content) ? fileFacts(content).mediaId : undefined;
  if (direction === "inbound" && mediaId !== undefined) await removeFile(accountId, mediaId);
}

async function eraseRecipients(table: Table, pk: string, messageId: string): Promise<void> {
  const members = items.query<RecipientItem>(table, {
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: { ":pk": pk, ":prefix": recipientPrefix(messageId) },
  });
  for await (const { sk } of members) await items.remove(table, { pk, sk });
}
