import { expect, test } from "vitest";
import { createFrameSizes } from "../websocket-api/frame-sizes.ts";

function frame(payloadBytes: number): Buffer {
  const length =
    payloadBytes < 126
      ? Buffer.from([0x80 | payloadBytes])
      : payloadBytes < 65_536
        ? Buffer.from([0x80 | 126, payloadBytes >> 8, payloadBytes & 0xff])
        : Buffer.concat([Buffer.from([0x80 | 127, 0, 0, 0, 0]), uint32(payloadBytes)]);
  return Buffer.concat([
    Buffer.from([0x81]),
    length,
    Buffer.alloc(4),
    Buffer.alloc(payloadBytes, 255),
  ]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

test.each([1, 7, 1000, 1_000_000])("frame sizes are read from chunks of %i bytes", (chunkBytes) => {
  const sizes = [0, 1, 125, 126, 65_535, 65_536, 3];
  const stream = Buffer.concat(sizes.map(frame));
  const seen: number[] = [];
  const read = createFrameSizes((size) => seen.push(size));
  for (let at = 0; at < stream.length; at += chunkBytes) {
    read(stream.subarray(at, at + chunkBytes));
  }
  expect(seen).toEqual(sizes);
});
