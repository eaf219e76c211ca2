import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type HttpServer = {
  /** For example `http://127.0.0.1:4567`. */
  endpoint: string;
  /** Ends the server and every connection; safe to call twice. */
  stop(): Promise<void>;
};

/** Longer than any client keeps an idle connection, so that it is always the client that closes first. */
const KEEP_ALIVE_MS = 600_000;

/** Serves HTTP on 127.0.0.1. A handler that throws is a bug of the stand-in: logged whole, answered 500. */
export async function startHttpServer(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  port = 0,
): Promise<HttpServer> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.destroyed) return;
      console.error("stand-in failed", request.method, request.url, error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop() {
      stopped ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return stopped;
    },
  };
}
