import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type {
  FileContent,
  FileKind,
  LinkPreview,
  MessageContent,
  MessageContext,
} from "./message-content.ts";
import { isViewOnce, unwrapMessage } from "./unwrap-message.ts";

type Contextual = { contextInfo?: proto.IContextInfo | null };
type Body = MessageContent extends infer Each
  ? Each extends MessageContext
    ? Omit<Each, keyof MessageContext>
    : never
  : never;

type File = {
  mimetype?: string | null;
  caption?: string | null;
  fileName?: string | null;
  fileLength?: unknown;
  seconds?: number | null;
  width?: number | null;
  height?: number | null;
  jpegThumbnail?: Uint8Array | null;
};

/** The file that a message carries, with the fields that its kind has. */
export const fileOf = (message: proto.IMessage) => {
  const { imageMessage, videoMessage, audioMessage, documentMessage, stickerMessage } =
    unwrapMessage(message);
  if (imageMessage) return { kind: "image" as const, file: imageMessage };
  if (videoMessage) return { kind: "video" as const, file: videoMessage };
  if (audioMessage)
    return { kind: audioMessage.ptt ? ("voice" as const) : ("audio" as const), file: audioMessage };
  if (documentMessage) return { kind: "document" as const, file: documentMessage };
  return stickerMessage ? { kind: "sticker" as const, file: stickerMessage } : undefined;
};

/** The poll that a message asks, whichever of its versions. */
export const pollOf = (
  message: proto.IMessage,
): proto.Message.IPollCreationMessage | null | undefined => {
  const inner = unwrapMessage(message);
  return inner.pollCreationMessage ?? inner.pollCreationMessageV2 ?? inner.pollCreationMessageV3;
};

/** What a person would read: the text, or the caption of a picture, film or document. */
export const textOf = (message: proto.IMessage): string => {
  const inner = unwrapMessage(message);
  const file: File | undefined = fileOf(inner)?.file;
  return inner.conversation ?? inner.extendedTextMessage?.text ?? file?.caption ?? "";
};

const readFile = (kind: FileKind, file: File): FileContent => ({
  type: kind,
  mimetype: file.mimetype ?? "",
  caption: file.caption ?? "",
  size: Number(file.fileLength ?? 0),
  ...(file.fileName ? { fileName: file.fileName } : {}),
  ...(file.seconds ? { seconds: file.seconds } : {}),
  ...(file.width && file.height ? { width: file.width, height: file.height } : {}),
  ...(file.jpegThumbnail?.length ? { thumbnailSize: file.jpegThumbnail.length } : {}),
});

const readPreview = ({ extendedTextMessage }: proto.IMessage): { preview?: LinkPreview } => {
  const { matchedText, title, description, jpegThumbnail } = extendedTextMessage ?? {};
  if (!matchedText || !title) return {};
  return {
    preview: {
      url: matchedText,
      title,
      description: description ?? "",
      ...(jpegThumbnail?.length ? { thumbnailSize: jpegThumbnail.length } : {}),
    },
  };
};

const readProtocol = ({ type, key, editedMessage }: proto.Message.IProtocolMessage): Body => {
  const types = proto.Message.ProtocolMessage.Type;
  const of = key?.id ?? "";
  if (type === types.MESSAGE_EDIT) return { type: "edit", of, text: textOf(editedMessage ?? {}) };
  if (type === types.REVOKE) return { type: "delete", of };
  return { type: "other", name: types[type ?? types.REVOKE] };
};

const readBody = (inner: proto.IMessage, vote: string[] | undefined): Body => {
  const file = fileOf(inner);
  if (file) return readFile(file.kind, file.file);
  const { locationMessage: place, contactMessage, contactsArrayMessage } = inner;
  if (place)
    return {
      type: "location",
      latitude: place.degreesLatitude ?? 0,
      longitude: place.degreesLongitude ?? 0,
      name: place.name ?? "",
      address: place.address ?? "",
    };
  const contacts = contactMessage ? [contactMessage] : contactsArrayMessage?.contacts;
  if (contacts)
    return {
      type: "contacts",
      contacts: contacts.map(({ displayName, vcard }) => ({
        name: displayName ?? "",
        vcard: vcard ?? "",
      })),
    };
  const poll = pollOf(inner);
  if (poll)
    return {
      type: "poll",
      question: poll.name ?? "",
      options: (poll.options ?? []).map(({ optionName }) => optionName ?? ""),
      selectable: poll.selectableOptionsCount ?? 0,
    };
  const { pollUpdateMessage, reactionMessage, protocolMessage } = inner;
  if (pollUpdateMessage)
    return {
      type: "vote",
      poll: pollUpdateMessage.pollCreationMessageKey?.id ?? "",
      ...(vote ? { options: vote } : {}),
    };
  if (reactionMessage)
    return {
      type: "reaction",
      to: reactionMessage.key?.id ?? "",
      emoji: reactionMessage.text ?? "",
    };
  if (protocolMessage) return readProtocol(protocolMessage);
  const text = textOf(inner);
  if (text !== "") {
    const links = text.match(/https?:\/\/[^\s]+/g) ?? [];
    return { type: "text", text, links, ...readPreview(inner) };
  }
  const name = Object.entries(inner).find(
    ([key, value]) => key !== "messageContextInfo" && typeof value === "object" && value !== null,
  );
  return { type: "other", name: name?.[0] ?? "empty" };
};

/** The fields of a message that say what it answers, mentions or repeats. */
export const contextOf = (message: proto.IMessage): proto.IContextInfo => {
  const contents: unknown[] = Object.values(unwrapMessage(message));
  const holder = contents.find(
    (content): content is Contextual =>
      typeof content === "object" && content !== null && "contextInfo" in content,
  );
  return holder?.contextInfo ?? {};
};

const quotedOf = ({ stanzaId, participant, quotedMessage, remoteJid }: proto.IContextInfo) =>
  stanzaId
    ? {
        id: stanzaId,
        author: participant ?? "",
        text: textOf(quotedMessage ?? {}),
        ...(remoteJid && { chat: remoteJid }),
      }
    : undefined;

/** Describes a decrypted message; `vote` is what a poll update turned out to choose. */
export const readContent = (message: proto.IMessage, vote?: string[]): MessageContent => {
  const { mentionedJid, isForwarded, ...context } = contextOf(message);
  const quoted = quotedOf(context);
  return {
    ...readBody(unwrapMessage(message), vote),
    ...(quoted && { quoted }),
    mentions: mentionedJid ?? [],
    forwarded: isForwarded ?? false,
    viewOnce: isViewOnce(message),
  };
};
