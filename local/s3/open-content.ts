import { createReadStream, openSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Blob } from "./receive-body.ts";

/**
 * Reads a range out of files that follow each other. They are opened at once, in the same turn in
 * which the object was looked up: one that is replaced a moment later is still read whole.
 */
export function openContent(
  folder: string,
  blobs: Blob[],
  range: { start: number; end: number },
): Readable {
  const streams: Readable[] = [];
  let offset = 0;
  for (const blob of blobs) {
    const start = Math.max(range.start - offset, 0);
    const end = Math.min(range.end - offset, blob.size);
    offset += blob.size;
    if (start >= end) continue;
    const path = join(folder, blob.id);
    streams.push(createReadStream(path, { fd: openSync(path, "r"), start, end: end - 1 }));
  }
  const content = Readable.from(concatenate(streams), { objectMode: false });
  content.once("close", () => {
    for (const stream of streams) stream.destroy();
  });
  return content;
}

async function* concatenate(streams: Readable[]): AsyncGenerator<Buffer> {
  for (const stream of streams) yield* stream as AsyncIterable<Buffer>;
}
