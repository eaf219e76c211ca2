import { s3Error } from "./s3-error.ts";

/**
 * Takes the `aws-chunked` framing off a body: `size[;signature]`, data, …, `0`, trailers. Trailers
 * are put into the given map once the last byte was read.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let left = 0;
  let state: "size" | "data" | "data-end" | "trailers" | "end" = "size";
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length > 0 && state !== "end") {
      if (state === "data") {
        const data = rest.subarray(0, left);
        rest = rest.subarray(data.length);
        left -= data.length;
        if (left === 0) state = "data-end";
        yield data;
        continue;
      }
      const lineEnd = rest.indexOf("\r\n");
      if (lineEnd < 0) break;
      const line = rest.toString("latin1", 0, lineEnd);
      rest = rest.subarray(lineEnd + 2);
      if (state === "data-end") {
        state = "size";
      } else if (state === "size") {
        left = parseSize(line);
        state = left === 0 ? "trailers" : "data";
      } else if (line === "") {
        state = "end";
      } else {
        const colon = line.indexOf(":");
        trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
      }
    }
  }
  if (state !== "end" && state !== "trailers") throw s3Error("IncompleteBody");
}

function parseSize(line: string): number {
  const size = /^([0-9a-f]+)(;|$)/i.exec(line)?.[1];
  if (size === undefined) throw s3Error("InvalidRequest", "A chunk of the body has no size");
  return Number.parseInt(size, 16);
}
