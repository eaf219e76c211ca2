import { isGroup } from "#shared/address.ts";
import { fileOf, isAction, withFile } from "#shared/contracts/message-content.ts";
import type {
  MessageContent,
  MessageTarget,
  ReceivedContent,
} from "#shared/contracts/message-content.ts";
import type { Upload } from "#shared/items/message-item.ts";
import type { LinkPreview } from "../media/link-preview.ts";
import { proto } from "./baileys.ts";
import { toFileMessage } from "./to-file-message.ts";

/** What the content alone does not say. */
export type Making = {
  /** JID of the chat. */
  to: string;
  /** Our own address in it. */
  own: string;
  /** What the file became at WhatsApp. */
  upload?: Upload | undefined;
  /** The small picture of its file. */
  thumbnail?: Uint8Array | undefined;
  /** What is shown of the page that a text links to. */
  preview?: LinkPreview | undefined;
  /** Votes are sealed with it; the same on every try. */
  secret: Uint8Array;
  /** Milliseconds since 1970. */
  now: number;
};

const { REVOKE, MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type;

/** What WhatsApp sends for our content. */
export function toWhatsapp(content: MessageContent, making: Making): proto.IMessage {
  const message = withContext(bodyOf(content, making), contextOf(content, making));
  const messageContextInfo = { messageSecret: making.secret };
  // What changes another message is no message that could be voted on or reported.
  return isAction(content) ? message : { ...wrapped(content, message), messageContextInfo };
}

/** Like {@link toWhatsapp} for a stored message; undefined for what we never send. */
export function findWhatsapp(content: ReceivedContent, making: Making): proto.IMessage | undefined {
  if (content.type === "unsupported" || content.type === "unavailable") return undefined;
  if (fileOf(content) && !making.upload) return undefined;
  return toWhatsapp(content, making);
}

/** What the outside of a stanza must say about the message inside it. */
export function stanzaMarks(content: MessageContent, to: string) {
  const edit = editMark(content, to);
  return {
    additionalAttributes: edit === undefined ? {} : { edit },
    additionalNodes:
      content.type === "poll" ? [{ tag: "meta", attrs: { polltype: "creation" } }] : [],
  };
}

function editMark(content: MessageContent, to: string): string | undefined {
  if (content.type === "edit") return "1";
  if (content.type !== "deletion") return undefined;
  // 8: a group's admin takes away what another member wrote.
  return content.deletion.of.sender !== "" && isGroup(to) ? "8" : "7";
}

function bodyOf(content: MessageContent, making: Making): proto.IMessage {
  switch (content.type) {
    case "text":
      return { extendedTextMessage: toText(content.text, making.preview) };
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return toFileMessage(content, making.upload, making.thumbnail);
    case "location": {
      const { latitude, longitude, name, address } = content.location;
      const place = { degreesLatitude: latitude, degreesLongitude: longitude };
      return { locationMessage: { ...place, ...(name && { name }), ...(address && { address }) } };
    }
    case "contact":
      return toContacts(content.contact.contacts);
    case "poll":
      return toPoll(content.poll);
    case "reaction": {
      const { to, emoji } = content.reaction;
      const key = toKey(to, making);
      return { reactionMessage: { key, text: emoji, senderTimestampMs: making.now } };
    }
    case "edit": {
      const { of, body, file } = content.edit;
      const key = toKey(of, making);
      const editedMessage = file
        ? toFileMessage(withFile(file, { caption: body }), making.upload)
        : { conversation: body };
      return {
        protocolMessage: { key, type: MESSAGE_EDIT, editedMessage, timestampMs: making.now },
      };
    }
    case "deletion":
      return { protocolMessage: { key: toKey(content.deletion.of, making), type: REVOKE } };
  }
}

type Text = Extract<MessageContent, { type: "text" }>["text"];

function toText(
  { body, preview: given }: Text,
  found: LinkPreview | undefined,
): proto.Message.IExtendedTextMessage {
  const preview: LinkPreview | undefined = given === false ? undefined : (given ?? found);
  if (!preview) return { text: body };
  const { url, title, description, thumbnail } = preview;
  return {
    text: body,
    matchedText: url,
    title,
    ...(description && { description }),
    ...(thumbnail && { jpegThumbnail: thumbnail }),
  };
}

function toContacts(contacts: { name: string; vcard: string }[]): proto.IMessage {
  const cards = contacts.map(({ name, vcard }) => ({ displayName: name, vcard }));
  const [first] = cards;
  if (cards.length === 1 && first) return { contactMessage: first };
  return {
    contactsArrayMessage: { displayName: `${cards.length} contacts`, contacts: cards },
  };
}

type Poll = Extract<MessageContent, { type: "poll" }>["poll"];

function toPoll({ question, options, maxAnswers }: Poll): proto.IMessage {
  const poll = {
    name: question,
    options: options.map((optionName) => ({ optionName })),
    // 0 says that any number may be chosen.
    selectableOptionsCount: maxAnswers === options.length ? 0 : maxAnswers,
  };
  return maxAnswers === 1 ? { pollCreationMessageV3: poll } : { pollCreationMessage: poll };
}

function toKey({ whatsappId, sender }: MessageTarget, { to }: Making): proto.IMessageKey {
  const fromMe = sender === "";
  const participant = isGroup(to) && !fromMe ? { participant: sender } : {};
  return { remoteJid: to, fromMe, id: whatsappId, ...participant };
}

function contextOf(content: MessageContent, { own }: Making): proto.IContextInfo | undefined {
  const { replyTo, mentions, forwarded } = content;
  if (!replyTo && !mentions?.length && !forwarded) return undefined;
  return {
    ...(replyTo && {
      stanzaId: replyTo.whatsappId,
      participant: replyTo.sender === "" ? own : replyTo.sender,
      quotedMessage: quoteOf(replyTo),
      ...(replyTo.chat !== undefined && { remoteJid: replyTo.chat }),
    }),
    ...(mentions?.length && { mentionedJid: mentions }),
    ...(forwarded && { isForwarded: true, forwardingScore: 1 }),
  };
}

/** How the quoted message begins; clients that have it show it themselves. */
function quoteOf({ type, text }: { type: string; text: string }): proto.IMessage {
  if (type === "image") return { imageMessage: { caption: text } };
  if (type === "video") return { videoMessage: { caption: text } };
  if (type === "audio") return { audioMessage: {} };
  if (type === "sticker") return { stickerMessage: {} };
  if (type === "document") return { documentMessage: { caption: text } };
  if (type === "location") return { locationMessage: { name: text } };
  return { conversation: text };
}

function withContext(
  message: proto.IMessage,
  contextInfo: proto.IContextInfo | undefined,
): proto.IMessage {
  if (!contextInfo) return message;
  const entries = Object.entries(message) as [string, object][];
  return Object.fromEntries(entries.map(([kind, body]) => [kind, { ...body, contextInfo }]));
}

function wrapped(content: MessageContent, message: proto.IMessage): proto.IMessage {
  const file = message.imageMessage ?? message.videoMessage ?? message.audioMessage;
  const isOnce = "viewOnce" in (file ?? {}) && file?.viewOnce;
  return isOnce && content.type !== "audio" ? { viewOnceMessage: { message } } : message;
}
