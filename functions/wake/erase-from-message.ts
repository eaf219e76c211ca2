import { eraseMessage } from "#functions/erase-message.ts";
import type { EraseDeps } from "#functions/erase-message.ts";
import * as items from "#functions/store/items.ts";
import type { Contact } from "#shared/address.ts";
import type { MessageItem } from "#shared/items/message-item.ts";
import type { Erased } from "./erased.ts";

/** A message that is erased goes; what another one says of erased messages or people is taken out of it. */
export async function eraseFromMessage(
  deps: EraseDeps,
  message: MessageItem,
  erased: Erased,
): Promise<void> {
  if (isErased(message, erased)) return eraseMessage(deps, message);
  const { pk, sk } = message;
  const change = (UpdateExpression: string, names: object, values?: object) =>
    items.update(
      deps.messages,
      { pk, sk },
      {
        UpdateExpression,
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeNames: names as Record<string, string>,
        ...(values && { ExpressionAttributeValues: values as Record<string, unknown> }),
      },
    );
  for (const attribute of doneBy(message, erased)) {
    await change("REMOVE #it", { "#it": attribute });
  }
  // What has not left yet needs them.
  if (message.status === "queued") return;
  const { replyTo, mentions } = message.content;
  const context = { "#content": "content" };
  if (replyTo && (erased.hasMessage(replyTo.messageId) || erased.hasAddress(replyTo.sender))) {
    const quote = { ":quote": { ...replyTo, sender: "", text: "" } };
    await change("SET #content.replyTo = :quote", context, quote);
  }
  if (mentions?.some(erased.hasAddress)) {
    const others = { ":others": mentions.filter((jid) => !erased.hasAddress(jid)) };
    await change("SET #content.mentions = :others", context, others);
  }
}

function isErased({ chat, from, content, createdAt }: MessageItem, erased: Erased): boolean {
  if (content.type === "edit" && erased.hasMessage(content.edit.of.messageId)) return true;
  if (!erased.reaches(createdAt)) return false;
  if (content.type === "reaction" && erased.hasAddress(content.reaction.to.sender)) return true;
  if (content.type === "deletion" && erased.hasAddress(content.deletion.of.sender)) return true;
  return erased.hasAddress(chat) || erased.isPerson(from);
}

/** The attributes of a person's reaction and vote. */
function doneBy(message: MessageItem, erased: Erased): string[] {
  return Object.entries(message).flatMap(([name, value]) => {
    if (!name.startsWith("reaction ") && !name.startsWith("vote ")) return [];
    return erased.isPerson((value as { from?: Contact }).from) ? [name] : [];
  });
}
