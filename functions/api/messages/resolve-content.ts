import type { Attempt } from "#functions/middleware/implement.ts";
import type { SessionItem } from "#functions/store/sessions.ts";
import { requireAddress } from "#shared/address.ts";
import type { SendMessageBody } from "#shared/contracts/message.ts";
import type { MessageContent } from "#shared/contracts/message-content.ts";
import { toVcard, vcardName } from "#shared/contracts/vcard.ts";
import type { MessageDeps } from "./message-deps.ts";
import { requireStorable } from "./require-storable.ts";
import { resolveFile } from "./resolve-file.ts";
import type { FileUse } from "./resolve-file.ts";
import { toQuote } from "./to-quote.ts";
import { toReaction } from "./to-reaction.ts";

/**
 * Everything that the runner must know about the message: it asks nobody, however late it sends.
 * @param recipients JIDs of all to whom it goes
 */
export async function resolveContent(
  deps: MessageDeps,
  { sessionId, accountId }: SessionItem,
  body: SendMessageBody,
  { recipients, attempt }: { recipients: string[]; attempt: Attempt },
): Promise<MessageContent> {
  const { replyTo, mentions } = body;
  const file = { accountId, attempt };
  const content =
    body.type === "reaction"
      ? await toReaction(deps, sessionId, { ...body.reaction, recipients })
      : await contentOf(deps, file, body);
  const quoted = replyTo && (await toQuote(deps, sessionId, { messageId: replyTo, recipients }));
  return requireStorable({
    ...content,
    ...(quoted && { replyTo: quoted }),
    ...(mentions && { mentions: mentions.map((address) => requireAddress(address).jid) }),
  });
}

async function contentOf(
  deps: MessageDeps,
  use: FileUse,
  body: Exclude<SendMessageBody, { type: "reaction" }>,
): Promise<MessageContent> {
  switch (body.type) {
    case "text":
      return { type: "text", text: body.text };
    case "image":
      return { type: "image", image: await resolveFile(deps, use, "image", body.image) };
    case "video":
      return { type: "video", video: await resolveFile(deps, use, "video", body.video) };
    case "audio":
      return { type: "audio", audio: await resolveFile(deps, use, "audio", body.audio) };
    case "document": {
      const document = await resolveFile(deps, use, "document", body.document);
      return { type: "document", document };
    }
    case "sticker":
      return { type: "sticker", sticker: await resolveFile(deps, use, "sticker", body.sticker) };
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
