// Makes the small pictures that are shown before a file is fetched. Runs in a thread of its own: to
// decode a photo takes a good part of a second.
import jpeg from "jpeg-js";
import { PNG } from "pngjs";

type Pixels = { width: number; height: number; data: Uint8Array };

/** Pixels along the longer side, as WhatsApp's clients have them. */
const longest = 100;
const quality = 50;
/** What decoding may take. A larger picture goes without. */
const limits = { maxResolutionInMP: 25, maxMemoryUsageInMB: 192 };

/** @throws when the bytes are no such picture, or it is too large */
export function toSmallPicture(bytes: Uint8Array): Uint8Array {
  const large = bytes[0] === 0x89 ? decodePng(bytes) : decodeJpeg(bytes);
  const small = shrink(large);
  return jpeg.encode({ ...small, data: Buffer.from(small.data) }, quality).data;
}

function decodeJpeg(bytes: Uint8Array): Pixels {
  return jpeg.decode(bytes, { ...limits, useTArray: true, formatAsRGBA: true });
}

function decodePng(bytes: Uint8Array): Pixels {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, 24);
  const pixels = header.readUInt32BE(16) * header.readUInt32BE(20);
  if (pixels > limits.maxResolutionInMP * 1e6) throw new RangeError("the picture is too large");
  return PNG.sync.read(Buffer.from(bytes));
}

/** Each pixel is the average of those that it stands for, on white where they are transparent. */
function shrink({ width, height, data }: Pixels): Pixels {
  const scale = Math.min(1, longest / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const small = new Uint8Array(w * h * 4).fill(255);
  for (let y = 0; y < h; y += 1) {
    const rows = spanOf(y, h, height);
    for (let x = 0; x < w; x += 1) {
      average(data, width, spanOf(x, w, width), rows, small.subarray((y * w + x) * 4));
    }
  }
  return { width: w, height: h, data: small };
}

type Span = { from: number; to: number };

function spanOf(at: number, of: number, size: number): Span {
  const from = Math.floor((at * size) / of);
  return { from, to: Math.max(from + 1, Math.floor(((at + 1) * size) / of)) };
}

function average(data: Uint8Array, width: number, columns: Span, rows: Span, into: Uint8Array) {
  const sums = [0, 0, 0];
  for (let y = rows.from; y < rows.to; y += 1) {
    for (let x = columns.from; x < columns.to; x += 1) {
      const at = (y * width + x) * 4;
      const alpha = (data[at + 3] ?? 255) / 255;
      for (let c = 0; c < 3; c += 1) {
        sums[c] = (sums[c] ?? 0) + (data[at + c] ?? 0) * alpha + 255 * (1 - alpha);
      }
    }
  }
  const count = (rows.to - rows.from) * (columns.to - columns.from);
  for (let c = 0; c < 3; c += 1) into[c] = Math.round((sums[c] ?? 0) / count);
}
