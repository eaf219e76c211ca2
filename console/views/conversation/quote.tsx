import type { Message } from "../../live/chats.ts";
import { texts } from "../../texts/texts.ts";

type Quoted = NonNullable<Message["content"]["replyTo"]>;

/** The beginning of the message that is answered. */
export function Quote({ quoted: { type, text, sender } }: { quoted: Quoted }) {
  const { kinds, you } = texts.conversations;
  const kind = Object.hasOwn(kinds, type) ? kinds[type as keyof typeof kinds] : type;
  return (
    <blockquote>
      {sender === "" && <strong>{you}</strong>} {text === "" ? kind : text}
    </blockquote>
  );
}
