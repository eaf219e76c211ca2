import type { FileContent } from "#shared/contracts/message-content.ts";
import { baseMimetype, voiceMimetype } from "#shared/contracts/message-limits.ts";
import type { Upload } from "#shared/items/message-item.ts";
import type { proto } from "./baileys.ts";

/** A message with a file that is at WhatsApp. */
export function toFileMessage(
  content: FileContent,
  upload: Upload | undefined,
  thumbnail?: Uint8Array,
): proto.IMessage {
  if (!upload) throw new Error("the message's file was not uploaded");
  const file = {
    url: upload.url,
    directPath: upload.directPath,
    mediaKey: Buffer.from(upload.mediaKey, "base64"),
    fileSha256: Buffer.from(upload.fileSha256, "base64"),
    fileEncSha256: Buffer.from(upload.fileEncSha256, "base64"),
    fileLength: upload.fileLength,
    mediaKeyTimestamp: upload.uploadedAt,
    mimetype: upload.mimetype,
  };
  switch (content.type) {
    case "image": {
      const looks = { ...sized(upload), ...(thumbnail && { jpegThumbnail: thumbnail }) };
      return {
        imageMessage: { ...file, ...looks, ...titled(content.image), ...once(content.image) },
      };
    }
    case "video": {
      const seconds = content.video.seconds ?? upload.seconds;
      const looks = { ...sized(upload), ...(seconds !== undefined && { seconds }) };
      return {
        videoMessage: { ...file, ...looks, ...titled(content.video), ...once(content.video) },
      };
    }
    case "audio": {
      const { voice = false, seconds } = content.audio;
      const isOgg = baseMimetype(file.mimetype) === voiceMimetype;
      // Clients play a voice note only when it says which sound is in its Ogg.
      const mimetype = voice && isOgg ? "audio/ogg; codecs=opus" : file.mimetype;
      const length = seconds === undefined ? {} : { seconds };
      return {
        audioMessage: { ...file, mimetype, ptt: voice, ...length, ...once(content.audio) },
      };
    }
    case "document": {
      const { fileName = "document" } = content.document;
      const named = { fileName, title: fileName };
      const documentMessage = { ...file, ...named, ...titled(content.document) };
      if (!content.document.caption) return { documentMessage };
      return { documentWithCaptionMessage: { message: { documentMessage } } };
    }
    case "sticker": {
      const { animated } = content.sticker;
      return { stickerMessage: { ...file, ...(animated && { isAnimated: true }) } };
    }
  }
}

function sized({ width, height }: Upload) {
  return width === undefined || height === undefined ? {} : { width, height };
}

function titled({ caption }: { caption?: string | undefined }) {
  return caption === undefined ? {} : { caption };
}

function once({ viewOnce }: { viewOnce?: boolean | undefined }) {
  return viewOnce ? { viewOnce: true } : {};
}
