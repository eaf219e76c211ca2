import { createHash, randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { decodeAwsChunked } from "./decode-aws-chunked.ts";
import { s3Error } from "./s3-error.ts";

export type Blob = { id: string; size: number };

export type ReceivedBody = {
  blob: Blob;
  /** Hexadecimal. */
  md5: string;
  /** Checksum header by name, such as `x-amz-checksum-crc32`, verified. */
  checksums: Record<string, string>;
};

/** Streams a request's body into a new file of the folder and checks it against its headers. */
export async function receiveBody(
  request: IncomingMessage,
  headers: Record<string, string>,
  folder: string,
): Promise<ReceivedBody> {
  const id = randomUUID();
  const path = join(folder, id);
  const hashes = { md5: createHash("md5"), sha1: createHash("sha1"), sha256: createHash("sha256") };
  const trailers = new Map<string, string>();
  const isChunked = headers["x-amz-content-sha256"]?.startsWith("STREAMING-") ?? false;
  const source = isChunked
    ? decodeAwsChunked(request, trailers)
    : (request as AsyncIterable<Buffer>);
  let size = 0;
  let crc = 0;
  try {
    await using file = await open(path, "wx");
    for await (const chunk of source) {
      for (const hash of Object.values(hashes)) hash.update(chunk);
      crc = crc32(chunk, crc);
      size += chunk.length;
      await file.writeFile(chunk);
    }
    const md5 = hashes.md5.digest();
    const crcBytes = Buffer.alloc(4);
    crcBytes.writeUInt32BE(crc);
    const sha256 = hashes.sha256.digest();
    checkPayload(headers, { size, md5, sha256 });
    const checksums = checkChecksums(
      { ...headers, ...Object.fromEntries(trailers) },
      {
        "x-amz-checksum-crc32": crcBytes,
        "x-amz-checksum-sha1": hashes.sha1.digest(),
        "x-amz-checksum-sha256": sha256,
      },
    );
    return { blob: { id, size }, md5: md5.toString("hex"), checksums };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function checkPayload(
  headers: Record<string, string>,
  received: { size: number; md5: Buffer; sha256: Buffer },
): void {
  const length = headers["x-amz-decoded-content-length"];
  if (length !== undefined && Number(length) !== received.size) throw s3Error("IncompleteBody");
  const md5 = headers["content-md5"];
  if (md5 !== undefined && md5 !== received.md5.toString("base64")) throw s3Error("BadDigest");
  const sha256 = headers["x-amz-content-sha256"];
  const isHash = sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256);
  if (isHash && sha256 !== received.sha256.toString("hex")) {
    throw s3Error("XAmzContentSHA256Mismatch");
  }
}

function checkChecksums(
  given: Record<string, string>,
  computed: Record<string, Buffer>,
): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!/^x-amz-checksum-(crc|sha)/.test(name)) continue;
    const expected = computed[name]?.toString("base64");
    if (expected === undefined) {
      throw s3Error("NotImplemented", `${name} is not checked here; use CRC32, SHA1 or SHA256`);
    }
    if (expected !== value) {
      throw s3Error("BadDigest", `The ${name} you specified did not match what we received.`);
    }
    checked[name] = value;
  }
  return checked;
}
