import type { EventDraft } from "#shared/contracts/event.ts";
import type { Identity } from "../whatsapp/identity.ts";
import { toContact } from "../whatsapp/contact.ts";
import type { OutboxMessage } from "./outbox-message.ts";

/**
 * What a message of ours that WhatsApp has taken did to an earlier one: the same event as when somebody
 * else does it. Undefined for messages that stand for themselves.
 */
export function toActionEvent(
  { to, content }: Pick<OutboxMessage, "to" | "content">,
  identity: Identity | undefined,
  now: number,
): EventDraft | undefined {
  const at = new Date(now).toISOString();
  const { phone = null, lid = null } = identity ?? {};
  const id = lid ?? (phone === null ? "" : `${phone.slice(1)}@s.whatsapp.net`);
  const by = { chat: toContact(to), from: { id, phone, lid }, fromMe: true };
  switch (content.type) {
    case "reaction": {
      const { messageId, whatsappId } = content.reaction.to;
      const emoji = content.reaction.emoji === "" ? null : content.reaction.emoji;
      const data = { messageId, whatsappId, ...by, emoji, reactedAt: at };
      return { type: "message.reaction", data };
    }
    case "edit": {
      const { messageId, whatsappId } = content.edit.of;
      const data = { messageId, whatsappId, ...by, body: content.edit.body, editedAt: at };
      return { type: "message.edited", data };
    }
    case "deletion": {
      const { messageId, whatsappId } = content.deletion.of;
      return { type: "message.deleted", data: { messageId, whatsappId, ...by, deletedAt: at } };
    }
    default:
      return undefined;
  }
}
