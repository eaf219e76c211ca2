// What an MP4 says of itself: how large its picture is, and how long it plays. That is in its `moov`
// box, before or behind the film itself, which passes through here unread.
import type { Looks } from "./look-at-picture.ts";

/** No index of a file of 16 MB is longer. */
const moovLimit = 2 * 1_024 * 1_024;

type Box = { type: string; body: Buffer };

/** Passes a film's bytes on and keeps its index. */
export function watchVideo(chunks: AsyncIterable<Uint8Array>) {
  let head = Buffer.alloc(0);
  let moov: Buffer[] | undefined;
  let isWhole = false;
  /** Bytes of the present box that are to come. */
  let left = 0;
  let isReadable = true;

  function take(bytes: Buffer): void {
    let rest = bytes;
    while (isReadable && rest.length > 0) {
      if (left > 0) {
        const part = rest.subarray(0, left);
        if (moov && !isWhole) moov.push(part);
        left -= part.length;
        rest = rest.subarray(part.length);
        if (left === 0 && moov) isWhole = true;
      } else {
        head = Buffer.concat([head, rest]);
        rest = Buffer.alloc(0);
        if (head.length >= 16) rest = begin();
      }
    }
  }

  /** Begins the box whose header is there; gives what follows the header. */
  function begin(): Buffer {
    const { headerSize, size, type } = headerOf(head);
    const rest = head.subarray(headerSize);
    head = Buffer.alloc(0);
    left = size - headerSize;
    if (type === "moov" && left <= moovLimit) moov = [];
    // 0 says that it goes on to the end, which is no index.
    isReadable = size >= headerSize && !isWhole;
    return rest;
  }

  async function* passed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      take(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
      yield chunk;
    }
  }

  return {
    chunks: passed(),
    /** To be asked when all has passed. */
    async looks(): Promise<Looks> {
      return moov && isWhole ? looksOf(Buffer.concat(moov)) : {};
    },
  };
}

function headerOf(bytes: Buffer): { headerSize: number; size: number; type: string } {
  const size = bytes.readUInt32BE(0);
  const type = bytes.toString("latin1", 4, 8);
  if (size !== 1) return { headerSize: 8, size, type };
  return { headerSize: 16, size: Number(bytes.readBigUInt64BE(8)), type };
}

function looksOf(moov: Buffer): Looks {
  const boxes = boxesIn(moov);
  const sizes = boxes
    .filter(({ type }) => type === "trak")
    .flatMap(({ body }) => boxesIn(body).filter(({ type }) => type === "tkhd"))
    .flatMap(({ body }) => sizeOf(body) ?? []);
  const header = boxes.find(({ type }) => type === "mvhd");
  const seconds = header && secondsOf(header.body);
  const [size] = sizes;
  return { ...(size && { size }), ...(seconds !== undefined && { seconds }) };
}

function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 16 <= bytes.length;) {
    const { headerSize, size, type } = headerOf(bytes.subarray(at));
    if (size < headerSize) break;
    boxes.push({ type, body: bytes.subarray(at + headerSize, at + size) });
    at += size;
  }
  return boxes;
}

/** Of a track's header, whose last two numbers they are; tracks of sound have none. */
function sizeOf(header: Buffer): { width: number; height: number } | undefined {
  const length = header[0] === 1 ? 96 : 84;
  if (header.length < length) return undefined;
  const [width, height] = [header.readUInt16BE(length - 8), header.readUInt16BE(length - 4)];
  if (width === 0 || height === 0) return undefined;
  // A quarter turn is a matrix without its diagonal.
  const isTurned = header.readInt32BE(length - 44) === 0;
  return isTurned ? { width: height, height: width } : { width, height };
}

function secondsOf(header: Buffer): number | undefined {
  const isLong = header[0] === 1;
  if (header.length < (isLong ? 32 : 20)) return undefined;
  const scale = header.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  const seconds = Math.round(duration / scale);
  return Number.isSafeInteger(seconds) && seconds > 0 && seconds < 86_400 ? seconds : undefined;
}
