import { randomBytes } from "node:crypto";
import type { MessageContent, ReceivedContent } from "#shared/contracts/message-content.ts";
import type { proto } from "./baileys.ts";

/** What WhatsApp sends for our content. Each message carries a secret that votes and edits need. */
export function toWhatsapp(content: MessageContent): proto.IMessage {
  return { ...bodyOf(content), messageContextInfo: { messageSecret: randomBytes(32) } };
}

/** Like {@link toWhatsapp} for a stored message; undefined for what we never send. */
export function findWhatsapp(content: ReceivedContent): proto.IMessage | undefined {
  return content.type === "unsupported" ? undefined : toWhatsapp(content);
}

function bodyOf(content: MessageContent): proto.IMessage {
  switch (content.type) {
    case "text":
      return { extendedTextMessage: { text: content.text.body } };
  }
}
