import { expect, test } from "vitest";
import { watchVideo } from "../media/watch-video.ts";

function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + body.length);
  header.write(type, 4, "latin1");
  return Buffer.concat([header, body]);
}

/** A track's header as encoders write it; sound has no size. */
function track(width: number, height: number, turned = false): Buffer {
  const header = Buffer.alloc(84);
  const matrix = turned ? [0, 0x10000, 0, -0x10000, 0] : [0x10000, 0, 0, 0, 0x10000];
  matrix.forEach((value, i) => header.writeInt32BE(value, 40 + i * 4));
  header.writeUInt16BE(width, 76);
  header.writeUInt16BE(height, 80);
  return box("trak", box("tkhd", header));
}

function film(seconds: number): Buffer {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(600, 12);
  header.writeUInt32BE(seconds * 600, 16);
  return box("mvhd", header);
}

const type = box("ftyp", Buffer.from("isom0000isommp42"));
const data = Buffer.concat([box("wide"), box("mdat", Buffer.alloc(5_000, 7))]);

async function looksOf(bytes: Buffer, step: number) {
  const watched = watchVideo(
    (async function* () {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
    })(),
  );
  expect(Buffer.concat(await Array.fromAsync(watched.chunks)).equals(bytes)).toBe(true);
  return watched.looks();
}

const steps = [1, 7, 4_096, 100_000];

test.for(steps)("a film tells its size and length, read %i bytes at a time", async (step) => {
  const index = box("moov", film(12), track(0, 0), track(1_280, 720));
  const looks = { size: { width: 1_280, height: 720 }, seconds: 12 };
  expect(await looksOf(Buffer.concat([type, index, data]), step)).toEqual(looks);
  expect(await looksOf(Buffer.concat([type, data, index]), step)).toEqual(looks);
});

test("a film that was held upright is told as it is shown", async () => {
  const index = box("moov", film(3), track(1_920, 1_080, true));
  const { size } = await looksOf(Buffer.concat([type, index, data]), 512);
  expect(size).toEqual({ width: 1_080, height: 1_920 });
});

test.for(steps)("bytes that are no film tell nothing, read %i at a time", async (step) => {
  const index = box("moov", film(3), track(10, 10));
  expect(await looksOf(Buffer.alloc(3_000), step)).toEqual({});
  expect(await looksOf(Buffer.from("no film at all, only words of some length"), step)).toEqual({});
  expect(await looksOf(Buffer.concat([type, index.subarray(0, -20)]), step)).toEqual({});
});
