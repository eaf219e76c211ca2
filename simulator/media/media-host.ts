import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { ActiveFaults } from "../faults/active-faults.ts";
import type { CertificateAuthority } from "../tls/certificate-authority.ts";
import { hashOf, type MediaStore } from "./media-store.ts";

const address = "127.0.0.1";
const largestUpload = 128 * 1024 * 1024;

/** The HTTPS server that clients upload files to and download them from. */
export type MediaHost = {
  /** Name and port, as `media_conn` gives them. */
  name: string;
  /** Lets a holder of this token upload. */
  issueToken(): string;
  close(): Promise<void>;
};

type Reply = { status: number; body: Uint8Array | string; type?: string };

const refuse = (status: number, reason: string): Reply => ({
  status,
  body: JSON.stringify({ error: reason }),
  type: "application/json",
});

const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestUpload) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const rangeOf = (header: string | undefined, size: number): [start: number, end: number] => {
  const [, start = "0", end = ""] = /^bytes=(\d+)-(\d*)$/.exec(header ?? "") ?? [];
  return [Number(start), end === "" ? size : Math.min(Number(end) + 1, size)];
};

/** Starts the media host on a port of its own. */
export const startMediaHost = async (
  store: MediaStore,
  authority: CertificateAuthority,
  faults: ActiveFaults,
  random: (length: number) => Uint8Array,
  port = 0,
): Promise<MediaHost> => {
  const tokens = new Set<string>();
  const { keyPem, certPem } = await authority.issue([address, "localhost"]);

  const upload = async (url: URL, request: IncomingMessage): Promise<Reply> => {
    const refused = faults.strike("refuse-upload");
    if (refused) return refuse(refused.status, "refused on purpose");
    if (!tokens.has(url.searchParams.get("auth") ?? ""))
      return refuse(401, "the auth token is none that media_conn gave out");
    const wanted = decodeURIComponent(url.pathname.split("/").at(-1) ?? "");
    const blob = await readBody(request);
    if (!blob) return refuse(413, "the file is too large");
    if (hashOf(blob) !== wanted || url.searchParams.get("token") !== wanted)
      return refuse(400, "the hash in the address is not that of the file");
    const path = store.put(blob);
    const answer = { url: `https://${name()}${path}`, direct_path: path };
    return { status: 200, body: JSON.stringify(answer), type: "application/json" };
  };

  const download = (url: URL, range: string | undefined): Reply => {
    const refused = faults.strike("refuse-download");
    if (refused) return refuse(refused.status, "refused on purpose");
    const blob = store.get(url.pathname);
    if (blob === "expired") return refuse(410, "this link has expired: ask for a re-upload");
    if (blob === "unknown") return refuse(404, "there is no such file");
    const [start, end] = rangeOf(range, blob.length);
    const part = blob.subarray(start, end);
    return { status: part.length < blob.length ? 206 : 200, body: part };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "https://media");
    const reply =
      request.method === "POST" && /^\/(mms|pps|product)\//.test(url.pathname)
        ? await upload(url, request)
        : download(url, request.headers.range);
    // What was not read of a refused upload must not be taken for the next request.
    if (!request.complete) response.setHeader("connection", "close");
    response.writeHead(reply.status, { "content-type": reply.type ?? "application/octet-stream" });
    response.end(reply.body);
  };

  const server = createServer({ key: keyPem, cert: certPem }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const name = (): string => `${address}:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });
  return {
    name: name(),
    issueToken: () => {
      const token = Buffer.from(random(24)).toString("base64url");
      tokens.add(token);
      return token;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
};
