import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { hostname } from "node:os";
import { startHttpProxy, startSocksProxy } from "#test/system/start-proxies.ts";
import { AddressDenied } from "#shared/net/address-denied.ts";
import { expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { openProxy } from "../whatsapp/proxy.ts";

async function startServer() {
  const server = createServer((_request, response) => response.end("hello"));
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => socket.send("hello"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test.for([
  ["http", startHttpProxy],
  ["socks5", startSocksProxy],
] as const)(
  "through a proxy of the kind %s go the WebSocket and downloads, and nothing of them is left after its end",
  async ([kind, start]) => {
    await using server = await startServer();
    await using through = await start();
    const url = `${kind}://ann:s3%40cret@${through.address}`;
    const proxy = await openProxy(url, "any");
    const socket = new WebSocket(`ws://${server.host}`, { agent: proxy.agent });
    const [message] = (await once(socket, "message")) as [Buffer];
    expect(message.toString()).toBe("hello");
    const options: object = { dispatcher: proxy.dispatcher };
    expect(await (await fetch(`http://${server.host}/file`, options)).text()).toBe("hello");
    expect(through.led).toEqual([server.host, server.host]);
    expect(new Set(through.shown)).toEqual(new Set(["ann:s3@cret"]));
    socket.terminate();
    proxy.close();
    await expect.poll(through.open).toBe(0);
  },
);

test.for(["http://127.0.0.1:8080", "socks5://[::1]:1080", "http://169.254.169.254:80"])(
  "%s is no proxy that tenants may have us dial",
  async (url) => {
    await expect(openProxy(url, "public")).rejects.toThrow(AddressDenied);
  },
);

test("a name that leads to a private address is found out where it is dialled", async () => {
  await using server = await startServer();
  for (const [kind, start] of [
    ["http", startHttpProxy],
    ["socks5", startSocksProxy],
  ] as const) {
    await using through = await start();
    const port = through.address.split(":")[1];
    const proxy = await openProxy(`${kind}://${hostname()}:${port}`, "public");
    const socket = new WebSocket(`ws://${server.host}`, { agent: proxy.agent });
    const [error] = (await once(socket, "error")) as [Error];
    expect(error.message).toContain("does not lead to the public internet");
    const options: object = { dispatcher: proxy.dispatcher };
    const failed = fetch(`http://${server.host}/file`, options);
    await expect(failed).rejects.toMatchObject({ cause: { name: "AddressDenied" } });
    expect(through.open()).toBe(0);
    proxy.close();
  }
});
