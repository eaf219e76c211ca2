import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };

/** How a receiver answers; it may also do nothing, or end the connection. */
export type Behaviour = (response: ServerResponse, received: Received) => unknown;

export const answer =
  (status: number, body = "", headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end(body);

export const reset: Behaviour = (response) => response.socket?.resetAndDestroy();

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** A program that is sent webhooks, and keeps what it was sent. */
export async function startReceiver() {
  const all: Received[] = [];
  let behave: Behaviour = answer(200, "ok");
  let connections = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const received = { path: request.url ?? "", headers: request.headers, body };
      all.push(received);
      return behave(response, received);
    });
  });
  server.on("connection", () => (connections += 1));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const idSchema = z.object({ id: z.string() });
  return {
    url: `http://127.0.0.1:${port}/hook`,
    all,
    /** Ids of the events, in the order in which they came. */
    ids: () => all.map(({ body }) => idSchema.parse(JSON.parse(body)).id),
    connections: () => connections,
    behave: (next: Behaviour) => void (behave = next),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
