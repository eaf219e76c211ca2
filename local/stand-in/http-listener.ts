import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export type HttpListener = {
  /** `http://127.0.0.1:<port>`. */
  endpoint: string;
  /** Lets running requests finish for `graceMs`, then cuts what is left. Safe to call twice. */
  stop(graceMs?: number): Promise<void>;
};

/** Binds a server to the loopback address; port 0 picks a free one. */
export async function startHttpListener(server: Server, port = 0): Promise<HttpListener> {
  // Node closes idle connections after 5 s by default, which races with a client that reuses one.
  server.keepAliveTimeout = 0;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop(graceMs = 1000) {
      stopped ??= closeServer(server, graceMs);
      return stopped;
    },
  };
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
