import { TextDecoder } from "node:util";
import { Parser } from "htmlparser2";

/** What the head of a page says of it. */
export type PageHead = {
  title?: string;
  description?: string;
  /** Address of a picture, as the page gives it. */
  image?: string;
};

/** Where each is found, the better place first. */
const places = {
  title: ["og:title", "twitter:title", "title"],
  description: ["og:description", "twitter:description", "description"],
  image: ["og:image:secure_url", "og:image", "twitter:image"],
} as const;

/** No head is longer than that. */
const lengthLimit = 512 * 1_024;

/** Reads a page up to the end of its head. */
export async function readPage(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
): Promise<PageHead> {
  const found = new Map<string, string>();
  let title = "";
  let isTitled = false;
  let isOver = false;
  let inTitle = false;
  const parser = new Parser({
    onopentag(name, { property, name: named, content }) {
      if (name === "body") isOver = true;
      if (isOver) return;
      // Drawings have titles as well.
      if (name === "title") inTitle = !isTitled;
      const key = (property ?? named ?? "").toLowerCase();
      if (name === "meta" && content && !found.has(key)) found.set(key, content.trim());
    },
    ontext(text) {
      if (inTitle) title += text;
    },
    onclosetag(name) {
      if (name === "title") {
        isTitled ||= inTitle;
        inTitle = false;
      }
      if (name === "head") isOver = true;
    },
  });
  let length = 0;
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= decoderOf(contentType, chunk);
    parser.write(decoder.decode(chunk, { stream: true }));
    length += chunk.length;
    if (isOver || length > lengthLimit) break;
  }
  if (title.trim() !== "") found.set("title", title.trim().replaceAll(/\s+/g, " "));
  const entries = Object.entries(places).flatMap(([name, keys]) => {
    const value = keys.map((key) => found.get(key)).find((text) => text);
    return value ? [[name, value]] : [];
  });
  return Object.fromEntries(entries) as PageHead;
}

/** By what the server says, or else the page itself. */
function decoderOf(contentType: string, head: Uint8Array): TextDecoder {
  const start = Buffer.from(head.subarray(0, 2_048)).toString("latin1");
  const named = /charset\s*=\s*["']?([\w-]+)/i;
  const [, charset = "utf-8"] = named.exec(contentType) ?? named.exec(start) ?? [];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
