import { randomBytes } from "node:crypto";
import type { MessageContent, ReceivedContent } from "#shared/contracts/message-content.ts";
import type { proto } from "./baileys.ts";

/** What WhatsApp sends for our content. Each message carries a secret that votes and edits need. */
export function toWhatsapp(content: MessageContent): proto.IMessage {
  return { ...bodyOf(content), messageContextInfo: { messageSecret: randomBytes(32) } };
}

/** Like {@link toWhatsapp} for a stored message; undefined for what we never send. */
export function findWhatsapp(content: ReceivedContent): proto.IMessage | undefined {
  if (content.type === "unsupported" || content.type === "unavailable") return undefined;
  return toWhatsapp(content);
}

function bodyOf(content: MessageContent): proto.IMessage {
  switch (content.type) {
    case "text":
      return { extendedTextMessage: { text: content.text.body } };
    case "location": {
      const { latitude, longitude, name, address } = content.location;
      const place = { degreesLatitude: latitude, degreesLongitude: longitude };
      return { locationMessage: { ...place, ...(name && { name }), ...(address && { address }) } };
    }
    case "contact": {
      const contacts = content.contact.contacts.map(({ name, vcard }) => ({
        displayName: name,
        vcard,
      }));
      const [first] = contacts;
      if (contacts.length === 1 && first) return { contactMessage: first };
      return { contactsArrayMessage: { displayName: `${contacts.length} contacts`, contacts } };
    }
    case "poll": {
      const { question: name, options, maxAnswers } = content.poll;
      const poll = {
        name,
        options: options.map((optionName) => ({ optionName })),
        // 0 says that any number may be chosen.
        selectableOptionsCount: maxAnswers === options.length ? 0 : maxAnswers,
      };
      return maxAnswers === 1 ? { pollCreationMessageV3: poll } : { pollCreationMessage: poll };
    }
    default:
      throw new RangeError(`a message of kind ${content.type} cannot be made yet`);
  }
}
