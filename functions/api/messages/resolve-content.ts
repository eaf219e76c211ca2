import type { SessionItem } from "#functions/store/sessions.ts";
import { requireAddress } from "#shared/address.ts";
import type { SendMessageBody } from "#shared/contracts/message.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import { textOf } from "#shared/contracts/message-content.ts";
import { toVcard, vcardName } from "#shared/contracts/vcard.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireTarget, toTarget } from "./require-target.ts";

/** Everything that the runner must know about the message: it asks nobody, however late it sends. */
export async function resolveContent(
  deps: MessageDeps,
  { sessionId }: SessionItem,
  body: SendMessageBody,
): Promise<MessageContent> {
  const { replyTo, mentions } = body;
  const quoted = replyTo && (await quote(deps, sessionId, replyTo));
  return {
    ...contentOf(body),
    ...(quoted && { replyTo: quoted }),
    ...(mentions && { mentions: mentions.map((address) => requireAddress(address).jid) }),
  };
}

function contentOf(body: SendMessageBody): MessageContent {
  switch (body.type) {
    case "text":
      return { type: "text", text: body.text };
    case "location":
      return { type: "location", location: body.location };
    case "contact": {
      const contacts = body.contact.contacts.map((contact) =>
        "vcard" in contact
          ? { name: vcardName(contact.vcard) ?? "", vcard: contact.vcard }
          : { name: contact.name, vcard: toVcard(contact) },
      );
      return { type: "contact", contact: { contacts } };
    }
    case "poll": {
      const { maxAnswers = 1, ...poll } = body.poll;
      return { type: "poll", poll: { ...poll, maxAnswers } };
    }
  }
}

async function quote(
  deps: MessageDeps,
  sessionId: string,
  messageId: string,
): Promise<MessageContent["replyTo"]> {
  const message = await requireTarget(deps, sessionId, messageId);
  const { content } = message;
  return { ...toTarget(message), type: content.type, text: textOf(content) };
}
