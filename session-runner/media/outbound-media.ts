// Files on their way out. A message's file is at WhatsApp, and what it became there is stored with the
// message, before the message is encrypted: whoever sends it again names the same file.
import { fileOf } from "#shared/contracts/message-content.ts";
import type { FileContent, MessageContent } from "#shared/contracts/message-content.ts";
import type { Upload } from "#shared/items/message-item.ts";
import type { UploadFile } from "../whatsapp/upload-file.ts";
import { openSource } from "./open-source.ts";
import type { Sources } from "./open-source.ts";
import { watchPicture } from "./look-at-picture.ts";
import type { MakeThumbnail } from "./thumbnails.ts";
import { watchVideo } from "./watch-video.ts";
import { withTempFile } from "./temp-file.ts";

export type Uploads = {
  findUpload(sessionId: string, messageId: string): Promise<Upload | undefined>;
  keepUpload(sessionId: string, messageId: string, upload: Upload): Promise<void>;
};

export type FileMessage = {
  sessionId: string;
  accountId: string;
  messageId: string;
  content: MessageContent;
};

/** A file that is at WhatsApp. Its small picture is stored nowhere: a later try goes without. */
export type PreparedFile = { upload: Upload; thumbnail?: Uint8Array | undefined };

/** @throws {MediaError} when the file cannot be had or WhatsApp takes no such file */
export type PrepareFile = (
  message: FileMessage,
  upload: UploadFile,
) => Promise<PreparedFile | undefined>;

export type OutboundMediaOptions = {
  sources: Sources;
  uploads: Uploads;
  makeThumbnail: MakeThumbnail;
  /** Lets so many files be worked on at a time: each is a file on the disk meanwhile. */
  inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
  now: () => number;
};

/** WhatsApp keeps a file for weeks; one that many messages carry is uploaded once an hour. */
const reuseMs = 3_600_000;
const reuseLimit = 500;

export function createPrepareFile(options: OutboundMediaOptions): PrepareFile {
  const { uploads, inTurn, now } = options;
  const recent = new Map<string, { file: Promise<PreparedFile>; until: number }>();

  async function uploadOnce(
    accountId: string,
    content: FileContent,
    upload: UploadFile,
  ): Promise<PreparedFile> {
    const name = reusableName(accountId, content);
    if (name === undefined) return inTurn(() => uploadNow(accountId, content, upload));
    const known = recent.get(name);
    if (known && known.until > now()) return known.file;
    const made = inTurn(() => uploadNow(accountId, content, upload));
    recent.set(name, { file: made, until: now() + reuseMs });
    for (const oldest of recent.keys()) {
      if (recent.size <= reuseLimit) break;
      recent.delete(oldest);
    }
    made.catch(() => recent.delete(name));
    return made;
  }

  function uploadNow(
    accountId: string,
    content: FileContent,
    upload: UploadFile,
  ): Promise<PreparedFile> {
    return withTempFile(async (path) => {
      const { chunks, mimetype } = await openSource(options.sources, accountId, content);
      const file = { content, mimetype, path };
      const watched = watch(content.type, chunks);
      if (!watched) return { upload: await upload({ ...file, chunks }) };
      const made = await upload({ ...file, chunks: watched.chunks });
      const { size, seconds, thumbnail } = await watched.looks();
      return {
        upload: { ...made, ...size, ...(seconds !== undefined && { seconds }) },
        thumbnail,
      };
    });
  }

  function watch(type: FileContent["type"], chunks: AsyncIterable<Uint8Array>) {
    if (type === "image") return watchPicture(chunks, options.makeThumbnail);
    return type === "video" ? watchVideo(chunks) : undefined;
  }

  return async ({ sessionId, accountId, messageId, content }, upload) => {
    const found = fileOf(content);
    if (!found) return undefined;
    const { file, ofMessage } = found;
    const before = await uploads.findUpload(sessionId, messageId);
    if (before) return { upload: before };
    // A new caption stands under the file that is there.
    const edited = ofMessage ? await uploads.findUpload(sessionId, ofMessage) : undefined;
    const made = edited ? { upload: edited } : await uploadOnce(accountId, file, upload);
    await uploads.keepUpload(sessionId, messageId, made.upload);
    return made;
  };
}

/** What is behind a URL may change, and an inbound file's name is its account's. */
function reusableName(accountId: string, content: FileContent): string | undefined {
  const { mediaId } =
    (content as unknown as Record<string, { mediaId?: string }>)[content.type] ?? {};
  return mediaId === undefined ? undefined : `${accountId} ${mediaId} ${content.type}`;
}
