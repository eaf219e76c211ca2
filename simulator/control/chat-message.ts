import type { MessageContent } from "../content/message-content.ts";
import { readContent, textOf } from "../content/read-content.ts";
import type { Phone } from "../phone/phone.ts";

/** A message as a person sees it, with later edits, deletions and reactions applied. */
export type ChatMessage = {
  id: string;
  from: string;
  fromName: string;
  mine: boolean;
  at: string;
  /** `encrypted` on phones that do not decrypt. */
  type: MessageContent["type"] | "encrypted";
  text: string;
  reactions: string[];
  edited: boolean;
  deleted: boolean;
  /** The ticks of the own ones. */
  status?: "sent" | "delivered" | "read";
  /** For those of others: whether this account told their author that it has read them. */
  read?: boolean;
};

export type RawMessage = {
  id: string;
  from: string;
  to: string;
  at: string;
  text: string;
  content: MessageContent | undefined;
};

/** What a phone sent and received, oldest first. */
export const everyMessage = (phone: Phone): RawMessage[] => {
  const sent = phone.sent().map(({ id, to, at, message }) => ({
    id,
    to,
    at,
    from: phone.number,
    text: textOf(message),
    content: readContent(message),
  }));
  const received = phone.received().map(({ id, from, to, at, text, content }) => ({
    id,
    from,
    to,
    at,
    text,
    content,
  }));
  return [...sent, ...received].toSorted((one, other) => one.at.localeCompare(other.at));
};

/** One line for what has no text of its own. */
export const describeContent = (content: MessageContent | undefined, text: string): string => {
  switch (content?.type) {
    case "location":
      return `${content.name || "A place"} ${content.address}`.trim();
    case "contacts":
      return content.contacts.map(({ name }) => name).join(", ");
    case "poll":
      return `${content.question} (${content.options.join(" / ")})`;
    case "vote":
      return content.options?.join(", ") ?? "";
    case "document":
      return content.caption || (content.fileName ?? "");
    case "other":
      return content.name;
    default:
      return text;
  }
};
