import { expect, test } from "vitest";
import { decodeAwsChunked } from "../decode-aws-chunked.ts";

async function decode(text: string, pieceBytes: number) {
  const trailers = new Map<string, string>();
  const bytes = Buffer.from(text);
  async function* source() {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      yield bytes.subarray(at, at + pieceBytes);
    }
  }
  const data: Buffer[] = [];
  for await (const chunk of decodeAwsChunked(source(), trailers)) data.push(chunk);
  return { text: Buffer.concat(data).toString(), trailers: Object.fromEntries(trailers) };
}

const framed =
  "5\r\nhello\r\nA;chunk-signature=ab\r\n, \r\nwörld\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";

test.each([1, 2, 3, 7, 1000])("a body is read from pieces of %i bytes", async (pieceBytes) => {
  expect(await decode(framed, pieceBytes)).toEqual({
    text: "hello, \r\nwörld",
    trailers: { "x-amz-checksum-crc32": "AAAAAA==" },
  });
});

test("a body that ends too early is refused", async () => {
  await expect(decode("5\r\nhel", 10)).rejects.toMatchObject({ code: "IncompleteBody" });
  await expect(decode("5\r\nhello\r\n", 10)).rejects.toMatchObject({ code: "IncompleteBody" });
});

test("a body without framing is refused", async () => {
  await expect(decode("plain text\r\n", 10)).rejects.toMatchObject({ code: "InvalidRequest" });
});
