import { crc32, deflateSync } from "node:zlib";

const signature = Buffer.from("89504e470d0a1a0a", "hex");

/** A picture that a browser can show: a sunset over the sea, so to speak. */
export function makePng(width = 320, height = 200): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const isSea = y > height * 0.62;
    const share = y / height;
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x += 1) {
      const isSun = Math.hypot(x - width / 2, y - height * 0.55) < height * 0.16 && !isSea;
      const [red, green, blue] = isSun
        ? [255, 214, 120]
        : isSea
          ? [20, 70 + 60 * share, 110 + 40 * share]
          : [235 - 60 * share, 130 + 60 * share, 110 + 90 * share];
      row.set([red, green, blue].map(Math.round), 1 + x * 3);
    }
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
