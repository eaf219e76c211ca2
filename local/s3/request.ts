import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { SignedRequest } from "./verify-signature.ts";
import { s3Error } from "./s3-error.ts";
import type { Store } from "./store.ts";

/** A request on its way through an operation. */
export type S3Call = {
  store: Store;
  now: number;
  bucket: string;
  key: string;
  query: Record<string, string>;
  /** With the `x-amz-*` parameters of a presigned URL, which count as headers. */
  headers: Record<string, string>;
  body: IncomingMessage;
};

export type S3Answer = {
  status?: number;
  headers?: Record<string, string>;
  xml?: string;
  content?: Readable;
};

/** Takes a request line and headers apart; path-style only. */
export function readRequest(request: IncomingMessage): SignedRequest & {
  bucket: string;
  key: string;
} {
  const [path = "/", search = ""] = (request.url ?? "/").split(/\?(.*)/s);
  const [, bucket = "", rest = ""] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const headers = Object.entries(request.headersDistinct).map(
    ([name, values = []]) => [name, values.join(",")] as const,
  );
  return {
    method: request.method ?? "GET",
    path,
    query: Object.fromEntries(search.split("&").filter(Boolean).map(decodePair)),
    headers: Object.fromEntries(headers),
    bucket: decode(bucket),
    key: decode(rest),
  };
}

/** What a presigned URL carries besides its signature counts as if it were sent as a header. */
export function hoistedHeaders(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(
        ([name]) =>
          name.startsWith("x-amz-") &&
          !/^x-amz-(algorithm|credential|date|expires|signedheaders|signature)$/.test(name),
      ),
  );
}

/** A plus sign in a query of S3 is a plus sign. */
function decodePair(pair: string): [string, string] {
  const at = pair.indexOf("=");
  return at < 0 ? [decode(pair), ""] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error("InvalidRequest", `"${text}" is not valid URI encoding`);
  }
}
