import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FileContent } from "#shared/contracts/message-content.ts";
import { createGuardedAgents } from "#shared/net/guarded-agents.ts";
import type { TenantTargets } from "#shared/net/tenant-targets.ts";
import type { MediaStore } from "../media/media-store.ts";
import { openSource } from "../media/open-source.ts";

const server = createServer((request, response) => {
  switch (request.url) {
    case "/image":
      return response.setHeader("content-type", "image/jpeg").end("bytes");
    case "/page":
      return response.setHeader("content-type", "text/html").end("<p>no image</p>");
    case "/empty":
      return response.setHeader("content-type", "image/jpeg").end();
    case "/huge":
      return response
        .writeHead(200, { "content-type": "image/jpeg", "content-length": 17 * 1_024 * 1_024 })
        .flushHeaders();
    case "/endless":
      response.setHeader("content-type", "image/jpeg");
      return Readable.from(endless())
        .on("error", () => undefined)
        .pipe(response);
    case "/cut":
      response.writeHead(200, { "content-type": "image/jpeg", "content-length": 100 });
      return response.write("some", () => response.destroy());
    case "/old-link":
      return response.writeHead(403).end();
    case "/silent":
      return undefined;
    case "/elsewhere":
      return response.writeHead(302, { location: "/image" }).end();
    case "/inside":
      return response.writeHead(302, { location: "https://169.254.169.254/latest" }).end();
    default:
      return response.writeHead(302, { location: "/loop" }).end();
  }
});

let origin: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function* endless(): Generator<Buffer> {
  for (;;) yield Buffer.alloc(1_024 * 1_024);
}

const store: MediaStore = {
  open: async (accountId, mediaId) =>
    mediaId === "med_there" && accountId === "acc_ours"
      ? { stream: Readable.from([Buffer.from("bytes")]), size: 5, mimetype: "image/png" }
      : undefined,
  put: () => Promise.resolve(),
};

/** What becomes of sending this image: its bytes, or the reason that its sender is told. */
async function sent(
  image: Extract<FileContent, { type: "image" }>["image"],
  targets: TenantTargets = "any",
): Promise<string> {
  const agents = createGuardedAgents(targets);
  const fetching = { targets, agents, silenceMs: 300, totalMs: 20_000 };
  try {
    const content = { type: "image" as const, image };
    const { chunks } = await openSource({ store, fetching }, "acc_ours", content);
    return Buffer.concat(await Array.fromAsync(chunks)).toString();
  } catch (error) {
    return (error as { reason: string }).reason;
  } finally {
    agents.destroy();
  }
}

test.for([
  ["/image", "bytes"],
  ["/elsewhere", "bytes"],
  ["/page", "media_wrong_type"],
  ["/empty", "media_empty"],
  ["/huge", "media_too_large"],
  ["/endless", "media_too_large"],
  ["/cut", "media_unreachable"],
  ["/old-link", "media_unreachable"],
  ["/silent", "media_unreachable"],
  ["/loop", "media_unreachable"],
])("a file at %s comes to %s", async ([path, outcome]) => {
  expect(await sent({ url: origin + path })).toBe(outcome);
});

test("a file of the account's store is read; another's is not found", async () => {
  expect(await sent({ mediaId: "med_there" })).toBe("bytes");
  expect(await sent({ mediaId: "med_gone" })).toBe("media_not_found");
});

test.for([
  ["https://127.0.0.1/a.jpg", "media_address_denied"],
  ["https://localhost/a.jpg", "media_address_denied"],
  ["https://10.0.0.1/a.jpg", "media_address_denied"],
  ["https://[::1]/a.jpg", "media_address_denied"],
  ["http://example.com/a.jpg", "media_unreachable"],
])("%s is not fetched when tenants may name public addresses only", async ([url, outcome]) => {
  expect(await sent({ url: url ?? "" }, "public")).toBe(outcome);
});

test("a redirect that leads inside is not followed", async () => {
  expect(await sent({ url: `${origin}/inside` })).not.toBe("bytes");
});
