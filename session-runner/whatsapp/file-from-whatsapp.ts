import type { FileContent } from "#shared/contracts/message-content.ts";
import { mimetypeSchema } from "#shared/contracts/message-kinds.ts";
import type { proto } from "./baileys.ts";

/** Where a received file is and how it is read. Bytes are base64. */
export type WhatsappFile = {
  directPath: string;
  mediaKey: string;
  fileSha256: string;
  fileEncSha256: string;
};

type AnyFile = {
  mimetype?: string | null;
  fileSha256?: Uint8Array | null;
  fileEncSha256?: Uint8Array | null;
  mediaKey?: Uint8Array | null;
  directPath?: string | null;
  fileLength?: unknown;
  caption?: string | null;
  seconds?: number | null;
  viewOnce?: boolean | null;
};

/** No file system takes a longer one. */
const mostNameLength = 1_024;

/** The content of a message with a file, and the way to the file. */
export function fileFrom(
  message: proto.IMessage,
): { content: FileContent; file: WhatsappFile } | undefined {
  const { imageMessage, audioMessage, documentMessage, stickerMessage } = message;
  const videoMessage = message.videoMessage ?? message.ptvMessage;
  if (imageMessage) {
    const image = { ...factsOf(imageMessage), ...marks(imageMessage) };
    return { content: { type: "image", image }, file: wayTo(imageMessage) };
  }
  if (videoMessage) {
    const video = { ...factsOf(videoMessage), ...marks(videoMessage) };
    return { content: { type: "video", video }, file: wayTo(videoMessage) };
  }
  if (audioMessage) {
    const voice = audioMessage.ptt ? { voice: true } : {};
    const audio = { ...factsOf(audioMessage), ...marks(audioMessage), ...voice };
    return { content: { type: "audio", audio }, file: wayTo(audioMessage) };
  }
  if (documentMessage) {
    const { fileName } = documentMessage;
    const document = {
      ...factsOf(documentMessage),
      ...marks(documentMessage),
      ...(fileName && { fileName: fileName.slice(0, mostNameLength).toWellFormed() }),
    };
    return { content: { type: "document", document }, file: wayTo(documentMessage) };
  }
  if (stickerMessage) {
    const animated = stickerMessage.isAnimated ? { animated: true } : {};
    const sticker = { ...factsOf(stickerMessage), ...animated };
    return { content: { type: "sticker", sticker }, file: wayTo(stickerMessage) };
  }
  return undefined;
}

function factsOf({ mimetype, fileLength, fileSha256 }: AnyFile) {
  const size = Number(fileLength ?? 0);
  return {
    mimetype: mimetypeSchema.safeParse(mimetype).data ?? "application/octet-stream",
    // It is what the sender says, which may be anything.
    ...(Number.isSafeInteger(size) && { size }),
    ...(fileSha256 && { sha256: Buffer.from(fileSha256).toString("hex") }),
  };
}

function marks({ caption, seconds, viewOnce }: AnyFile) {
  return {
    ...(caption && { caption }),
    ...(seconds && { seconds }),
    ...(viewOnce && { viewOnce }),
  };
}

function wayTo(file: AnyFile): WhatsappFile {
  return {
    directPath: file.directPath ?? "",
    mediaKey: base64(file.mediaKey),
    fileSha256: base64(file.fileSha256),
    fileEncSha256: base64(file.fileEncSha256),
  };
}

function base64(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString("base64");
}
