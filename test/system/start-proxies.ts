// Proxies of a test's own, which note whom they let through to where.
import { connect as dial, createServer } from "node:net";
import type { Socket } from "node:net";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { once } from "node:events";

export type TestProxy = AsyncDisposable & {
  /** `host:port` of the proxy. */
  address: string;
  /** Where it led to, in order. */
  led: string[];
  /** User name and password that were shown, `user:password`. */
  shown: string[];
  /** Connections that are open now. */
  open: () => number;
};

/** An HTTP proxy that speaks CONNECT. */
export async function startHttpProxy(): Promise<TestProxy> {
  const server = createHttpServer();
  const proxy = await listen(server);
  server.on("connect", ({ url = "", headers }, client: Socket) => {
    const [, basic = ""] = (headers["proxy-authorization"] ?? "").split(" ");
    proxy.shown.push(Buffer.from(basic, "base64").toString());
    proxy.join(client, url, () => client.write("HTTP/1.1 200 OK\r\n\r\n"));
  });
  return proxy;
}

/** A SOCKS 5 proxy (RFC 1928) that asks for a user name and password (RFC 1929). */
export async function startSocksProxy(): Promise<TestProxy> {
  const server = createServer();
  const proxy = await listen(server);
  server.on("connection", (client: Socket) => {
    void (async () => {
      await once(client, "data");
      client.write(Buffer.of(5, 2));
      const [login] = (await once(client, "data")) as [Buffer];
      const userEnd = 2 + (login[1] ?? 0);
      proxy.shown.push(
        `${login.toString("utf8", 2, userEnd)}:${login.toString("utf8", userEnd + 1)}`,
      );
      client.write(Buffer.of(1, 0));
      const [request] = (await once(client, "data")) as [Buffer];
      const isName = request[3] === 3;
      const end = isName ? 5 + (request[4] ?? 0) : 8;
      const host = isName ? request.toString("utf8", 5, end) : request.subarray(4, end).join(".");
      const answer = Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0);
      proxy.join(client, `${host}:${request.readUInt16BE(end)}`, () => client.write(answer));
    })();
  });
  return proxy;
}

async function listen(server: Server) {
  const sockets = new Set<Socket>();
  const note = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  };
  server.on("connection", note);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const led: string[] = [];
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    led,
    shown: [] as string[],
    open: () => sockets.size,
    join(client: Socket, target: string, begin: () => void): void {
      led.push(target);
      const { hostname, port } = new URL(`http://${target}`);
      const far = dial(Number(port || 80), hostname, () => {
        begin();
        far.pipe(client).pipe(far);
      });
      note(far);
      client.once("close", () => far.destroy());
      far.once("close", () => client.destroy());
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
