import { fileFacts } from "#shared/contracts/message-content.ts";
import type { FileContent } from "#shared/contracts/message-content.ts";
import { fileLimits, findMisfit } from "#shared/contracts/message-limits.ts";
import { fetchUrl } from "./fetch-url.ts";
import type { FetchOptions } from "./fetch-url.ts";
import { MediaError } from "./media-error.ts";
import type { MediaStore, StoredFile } from "./media-store.ts";

/** Where files come from. */
export type Sources = { store: MediaStore; fetching: FetchOptions };

export type OpenFile = { chunks: AsyncIterable<Uint8Array>; mimetype: string };

/**
 * Opens the file of an outgoing message, held to what WhatsApp takes of its kind.
 * @throws {MediaError} now, or while it is read
 */
export async function openSource(
  sources: Sources,
  accountId: string,
  content: FileContent,
): Promise<OpenFile> {
  const { mediaId, url, mimetype: stated } = fileFacts(content);
  const file = url === undefined ? await fromStore() : await fetchUrl(sources.fetching, url);
  const mimetype = stated ?? file.mimetype;
  try {
    requireFit(content, file.size, mimetype);
  } catch (error) {
    file.stream.destroy();
    throw error;
  }
  return { chunks: limited(file, fileLimits[content.type].maxBytes), mimetype };

  async function fromStore(): Promise<StoredFile> {
    const found = mediaId === undefined ? undefined : await sources.store.open(accountId, mediaId);
    if (found) return found;
    throw new MediaError("media_not_found", "The file is not in the store any more.");
  }
}

function requireFit(content: FileContent, size: number | undefined, mimetype: string): void {
  const voice = content.type === "audio" && content.audio.voice;
  const misfit = findMisfit(content.type, { size, mimetype, voice });
  if (misfit) throw new MediaError(misfit.reason, misfit.detail);
}

async function* limited({ stream }: StoredFile, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof MediaError) throw error;
    throw new MediaError("media_unreachable", "The file broke off while it was fetched.");
  }
  if (size === 0) throw new MediaError("media_empty", "The file is empty.");
}

function tooLarge(maxBytes: number): MediaError {
  return new MediaError("media_too_large", `The file is larger than ${maxBytes} bytes.`);
}
