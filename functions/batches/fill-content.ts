import type { MessageContent } from "#shared/contracts/message-content.ts";
import { escapeVcardText } from "#shared/contracts/vcard.ts";
import { fillIn } from "#shared/template-text.ts";

/** A batch's message with one recipient's variables. */
export function fillContent(
  { replyTo, ...content }: MessageContent,
  variables: Record<string, string>,
): MessageContent {
  const filled = fillIn(content, variables);
  // What somebody else wrote is no text of ours.
  const quote = replyTo && { replyTo };
  if (content.type !== "contact") return { ...filled, ...quote };
  const escaped = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, escapeVcardText(value)]),
  );
  const contacts = content.contact.contacts.map(({ name, vcard }) => ({
    name: fillIn(name, variables),
    vcard: fillIn(vcard, escaped),
  }));
  return { ...content, contact: { contacts }, ...quote };
}
