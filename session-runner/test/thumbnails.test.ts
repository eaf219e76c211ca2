import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { watchPicture } from "../media/look-at-picture.ts";
import { toSmallPicture } from "../media/small-picture.ts";
import { createThumbnails } from "../media/thumbnails.ts";

/** Left half of one colour, right half of another. */
function halves(width: number, height: number): { width: number; height: number; data: Buffer } {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < data.length; at += 4) {
    data.set((at / 4) % width < width / 2 ? [200, 30, 30] : [30, 30, 200], at);
  }
  return { width, height, data };
}

function colourAt(picture: Uint8Array, x: number): number[] {
  const { width, height, data } = jpeg.decode(picture, { useTArray: true });
  const at = (Math.floor(height / 2) * width + Math.floor(width * x)) * 4;
  return [...data.subarray(at, at + 3)];
}

test.for(["jpeg", "png"])("a %s is made small, and looks the same", (kind) => {
  const large = halves(600, 300);
  const png = new PNG(large);
  png.data = large.data;
  const small = toSmallPicture(kind === "jpeg" ? jpeg.encode(large, 90).data : PNG.sync.write(png));
  expect(jpeg.decode(small, { useTArray: true })).toMatchObject({ width: 100, height: 50 });
  expect(small.length).toBeLessThan(3_000);
  const [left, right] = [colourAt(small, 0.2), colourAt(small, 0.8)];
  expect(left[0]).toBeGreaterThan(150);
  expect(right[2]).toBeGreaterThan(150);
});

async function looksOf(chunks: Uint8Array[]) {
  const picture = watchPicture(
    (async function* () {
      yield* chunks;
    })(),
    createThumbnails(),
  );
  const passed = Buffer.concat(await Array.fromAsync(picture.chunks));
  expect(passed.equals(Buffer.concat(chunks))).toBe(true);
  return picture.looks();
}

test("a thread makes small pictures, and outlives bytes that are none", async () => {
  const makeThumbnail = createThumbnails();
  const bytes = jpeg.encode(halves(400, 400), 90).data;
  const damaged = Buffer.concat([bytes.subarray(0, 200), Buffer.alloc(50)]);
  expect(await makeThumbnail(Buffer.from([0xff, 0xd8, 0xff]))).toBeUndefined();
  const made = await Promise.all([bytes, damaged, bytes].map(makeThumbnail));
  expect(made[0]?.length).toBeGreaterThan(100);
  expect(made[2]).toEqual(made[0]);
});

test("a picture that says that it is enormous is not decoded", async () => {
  const bytes = PNG.sync.write(new PNG({ width: 2, height: 2 }));
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  const looks = await looksOf([bytes]);
  expect(looks).toEqual({ size: { width: 60_000, height: 60_000 } });
});

test("of a file that is too large to be held only the size is told, and of no picture nothing", async () => {
  const head = jpeg.encode(halves(320, 200), 90).data;
  const rest = Array.from({ length: 6 }, () => Buffer.alloc(1_024 * 1_024));
  expect(await looksOf([head, ...rest])).toEqual({ size: { width: 320, height: 200 } });
  expect(await looksOf([Buffer.from("no picture")])).toEqual({});
});

test.for([
  "P5 and no numbers",
  "P5\n-3 4\n255\n",
  "P5\n0 4\n255\n",
  '<svg viewBox="0 0 a b"></svg>',
])("bytes that only begin like a picture have no size: %j", async (text) => {
  expect(await looksOf([Buffer.from(text)])).toEqual({});
});
