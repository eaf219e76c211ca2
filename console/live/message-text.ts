import { texts } from "../texts/texts.ts";
import type { Message } from "./chats.ts";

/** What a message says, in words; of what is no text, its kind. */
export function messageText({ content, deletedAt }: Message): string {
  if (deletedAt !== null) return texts.conversations.deleted;
  if (content.type === "text") return content.text.body;
  return `[${content.type}]`;
}
