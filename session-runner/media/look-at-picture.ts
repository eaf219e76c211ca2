import { imageSize } from "image-size";
import type { MakeThumbnail } from "./thumbnails.ts";

/** What a file's bytes tell of how it looks. */
export type Looks = {
  size?: { width: number; height: number };
  /** Of a film. */
  seconds?: number;
  thumbnail?: Uint8Array;
};

/** Larger pictures are not held in memory: their size alone is read, from how they begin. */
const wholeLimit = 4 * 1_024 * 1_024;
const headLength = 128 * 1_024;

/** Passes a picture's bytes on and keeps what it takes to know how it looks. */
export function watchPicture(chunks: AsyncIterable<Uint8Array>, makeThumbnail: MakeThumbnail) {
  const kept: Uint8Array[] = [];
  let length = 0;
  let keptLength = 0;

  async function* passed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      length += chunk.length;
      if (length <= wholeLimit || keptLength < headLength) {
        kept.push(chunk);
        keptLength += chunk.length;
      } else if (kept.length > 1) cutTo(headLength);
      yield chunk;
    }
  }

  function cutTo(most: number): void {
    const head = Buffer.concat(kept).subarray(0, most);
    kept.splice(0, kept.length, Buffer.from(head));
    keptLength = head.length;
  }

  return {
    chunks: passed(),
    /** To be asked when all has passed. */
    async looks(): Promise<Looks> {
      const bytes = Buffer.concat(kept);
      const size = sizeOf(bytes);
      // Of WebP there is no decoder here.
      const isWhole = length <= wholeLimit && (bytes[0] === 0xff || bytes[0] === 0x89);
      const thumbnail = size && isWhole ? await makeThumbnail(bytes) : undefined;
      return { ...(size && { size }), ...(thumbnail && { thumbnail }) };
    },
  };
}

/**
 * As it is shown: a camera that was held upright notes that the picture is to be turned. Of bytes that
 * only begin like a picture (`P5`, `#define`, `<svg`) there may come sizes that are no numbers, which
 * DynamoDB would refuse.
 */
function sizeOf(bytes: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    if (![width, height].every((side) => Number.isSafeInteger(side) && side > 0)) return undefined;
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}
