import { proto } from "@whiskeysockets/baileys/WAProto/index.js";
import type { MediaSecrets } from "../media/media-crypto.ts";
import type { FileKind } from "./message-content.ts";

export type FileOptions = {
  mimetype?: string | undefined;
  caption?: string | undefined;
  fileName?: string | undefined;
  seconds?: number | undefined;
};

const defaultTypes: Record<FileKind, string> = {
  image: "image/jpeg",
  video: "video/mp4",
  audio: "audio/mp4",
  voice: "audio/ogg; codecs=opus",
  document: "application/pdf",
  sticker: "image/webp",
};

const types = proto.Message.ProtocolMessage.Type;

export const toText = (text: string, contextInfo?: proto.IContextInfo): proto.IMessage =>
  contextInfo || /https?:\/\//.test(text)
    ? { extendedTextMessage: { text, ...(contextInfo ? { contextInfo } : {}) } }
    : { conversation: text };

/** A message with an uploaded file. */
export const toFile = (
  kind: FileKind,
  secrets: MediaSecrets,
  link: { url: string; directPath: string },
  options: FileOptions,
  mediaKeyTimestamp: number,
): proto.IMessage => {
  const { mimetype = defaultTypes[kind], caption, fileName, seconds } = options;
  const file = { ...secrets, ...link, mimetype, mediaKeyTimestamp };
  const titled = caption === undefined ? file : { ...file, caption };
  const timed = seconds === undefined ? {} : { seconds };
  if (kind === "image") return { imageMessage: titled };
  if (kind === "video") return { videoMessage: { ...titled, ...timed } };
  if (kind === "sticker") return { stickerMessage: file };
  if (kind === "document")
    return { documentMessage: { ...titled, fileName: fileName ?? "document" } };
  return { audioMessage: { ...file, ...timed, ptt: kind === "voice" } };
};

export const toReaction = (
  key: proto.IMessageKey,
  emoji: string,
  senderTimestampMs: number,
): proto.IMessage => ({ reactionMessage: { key, text: emoji, senderTimestampMs } });

export const toEdit = (
  key: proto.IMessageKey,
  text: string,
  timestampMs: number,
): proto.IMessage => {
  const editedMessage = { conversation: text };
  const protocolMessage = { key, type: types.MESSAGE_EDIT, editedMessage, timestampMs };
  return { editedMessage: { message: { protocolMessage } } };
};

export const toDeletion = (key: proto.IMessageKey): proto.IMessage => ({
  protocolMessage: { key, type: types.REVOKE },
});

export const toPoll = (
  question: string,
  options: string[],
  selectable: number,
  messageSecret: Uint8Array,
): proto.IMessage => {
  const poll = {
    name: question,
    options: options.map((optionName) => ({ optionName })),
    selectableOptionsCount: selectable,
  };
  return {
    messageContextInfo: { messageSecret },
    ...(selectable === 1 ? { pollCreationMessageV3: poll } : { pollCreationMessage: poll }),
  };
};

export const toContact = (name: string, number: string): proto.IMessage => ({
  contactMessage: {
    displayName: name,
    vcard: [
      "BEGIN:VCARD",
      "VERSION:3.0",
      `FN:${name}`,
      `TEL;type=CELL;type=VOICE;waid=${number}:+${number}`,
      "END:VCARD",
    ].join("\n"),
  },
});
