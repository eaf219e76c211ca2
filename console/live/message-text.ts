import { texts } from "../texts/texts.ts";
import type { Message } from "./chats.ts";

/** What a message says, in a line: its words, or what it is and then its words. */
export function messageText({
  content,
  deletedAt,
}: Pick<Message, "content" | "deletedAt">): string {
  if (deletedAt !== null) return texts.conversations.deleted;
  const words = wordsOf(content);
  const kind = texts.conversations.kinds[content.type];
  if (content.type === "text") return words;
  return words === "" ? kind : `${kind}: ${words}`;
}

/** The words alone; empty where there are none. */
export function wordsOf(content: Message["content"]): string {
  switch (content.type) {
    case "text":
      return content.text.body;
    case "image":
      return content.image.caption ?? "";
    case "video":
      return content.video.caption ?? "";
    case "document":
      return content.document.caption ?? content.document.fileName ?? "";
    case "location":
      return content.location.name ?? "";
    case "contact":
      return content.contact.contacts.map(({ name }) => name).join(", ");
    case "poll":
      return content.poll.question;
    case "reaction":
      return content.reaction.emoji;
    case "edit":
      return content.edit.body;
    case "audio":
    case "sticker":
    case "deletion":
    case "unavailable":
    case "unsupported":
      return "";
  }
}
