// What is shown of the page that a text links to. The message waits for it, so it has to be quick, and
// whatever fails, the message leaves without.
import type { MessageContent } from "#shared/contracts/message-content.ts";
import { fetchUrl } from "./fetch-url.ts";
import type { FetchOptions } from "./fetch-url.ts";
import { readPage } from "./read-page.ts";
import type { MakeThumbnail } from "./thumbnails.ts";

export type LinkPreview = {
  url: string;
  title: string;
  description?: string | undefined;
  /** JPEG. */
  thumbnail?: Uint8Array | undefined;
};

/** Undefined when the message links to nothing, wants none, or there is none; never rejects. */
export type FindPreview = (
  accountId: string,
  content: MessageContent,
) => Promise<LinkPreview | undefined>;

const lengths = { title: 300, description: 1_000 };
const imageLimit = 2 * 1_024 * 1_024;
/** A page that many messages link to is looked at once an hour; one that failed, once in a while. */
const keptMs = { found: 3_600_000, failed: 60_000 };
const keptLimit = 200;

export function createFindPreview(
  options: FetchOptions,
  makeThumbnail: MakeThumbnail,
  now: () => number,
): FindPreview {
  type Kept = { preview: Promise<LinkPreview | undefined>; until: number };
  const kept = new Map<string, Kept>();

  return async (accountId, content) => {
    const url = content.type === "text" ? linkIn(content.text) : undefined;
    if (url === undefined) return undefined;
    const name = `${accountId} ${url}`;
    const known = kept.get(name);
    if (known && known.until > now()) return known.preview;
    const fresh: Kept = { preview: look(url), until: now() + keptMs.failed };
    kept.delete(name);
    kept.set(name, fresh);
    for (const oldest of kept.keys()) {
      if (kept.size <= keptLimit) break;
      kept.delete(oldest);
    }
    const preview = await fresh.preview;
    if (preview) fresh.until = now() + keptMs.found;
    return preview;
  };

  /** What is there in time: a page whose picture is slow goes without the picture. */
  async function look(url: string): Promise<LinkPreview | undefined> {
    let sofar: LinkPreview | undefined;
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => late.resolve(undefined), options.totalMs);
    const working = (async () => {
      const page = await headOf(url);
      if (page.title === undefined) return;
      sofar = {
        url,
        title: page.title.slice(0, lengths.title),
        description: page.description?.slice(0, lengths.description),
      };
      if (page.image === undefined) return;
      sofar.thumbnail = await pictureAt(new URL(page.image, url).href);
    })().catch(() => undefined);
    await Promise.race([working, late.promise]);
    clearTimeout(timer);
    return sofar;
  }

  async function headOf(url: string) {
    const { stream, mimetype } = await fetchUrl(options, url);
    try {
      return /html/i.test(mimetype) ? await readPage(stream, mimetype) : {};
    } finally {
      stream.destroy();
    }
  }

  async function pictureAt(url: string): Promise<Uint8Array | undefined> {
    const { stream, mimetype } = await fetchUrl(options, url);
    try {
      if (!/^image\/(?:jpeg|png)/i.test(mimetype)) return undefined;
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        chunks.push(chunk);
        length += chunk.length;
        if (length > imageLimit) return undefined;
      }
      return await makeThumbnail(Buffer.concat(chunks));
    } finally {
      stream.destroy();
    }
  }
}

/** The first link of a text for which nothing is said. */
function linkIn({
  body,
  preview,
}: Extract<MessageContent, { type: "text" }>["text"]): string | undefined {
  if (preview !== undefined) return undefined;
  const [found] = /\bhttps?:\/\/[^\s<>"]+/i.exec(body) ?? [];
  const url = found?.replace(/[.,;:!?'")\]}]+$/, "");
  return url !== undefined && URL.canParse(url) ? url : undefined;
}
