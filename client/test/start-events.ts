import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { createClient } from "../create-client.ts";
import type { SocketRequest, WafleetEvent } from "../events/event.ts";
import { openEventStream } from "../events/open-event-stream.ts";
import type { EventStream } from "../events/open-event-stream.ts";
import type { StreamOptions } from "../events/stream-options.ts";

const session = "ses_01JD3W8Z5N6Q7R8S9T0V1W2X3Y";

export function eventAt(cursor: string, sessionId = session): WafleetEvent {
  return { id: `evt_${sessionId}_${cursor}`, cursor, sessionId } as WafleetEvent;
}

type Connection = { socket: WebSocket; requests: SocketRequest[]; send(notice: object): void };

/** A server whose every frame the test decides, and streams of clients that do not wait long. */
export async function startEvents(ticket = { status: 201 }) {
  const connections: Connection[] = [];
  const http = createServer((_request, response) => {
    const problem = { code: "unauthenticated", detail: "Sign in.", status: ticket.status };
    const isRefused = ticket.status >= 400;
    const type = isRefused ? "application/problem+json" : "application/json";
    response.writeHead(ticket.status, { "content-type": type });
    response.end(JSON.stringify(isRefused ? problem : { ticket: "t", expiresAt: "" }));
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on("connection", (socket) => {
    const send = (notice: object) => socket.send(JSON.stringify(notice));
    const connection: Connection = { socket, requests: [], send };
    connections.push(connection);
    socket.on("message", (data: Buffer) =>
      connection.requests.push(JSON.parse(data.toString()) as SocketRequest),
    );
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const streams: EventStream[] = [];
  onTestFinished(() => {
    for (const stream of streams) stream.close();
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  });
  const at = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const api = createClient({ baseUrl: `http://${at}`, retry: { tries: 1 } });

  function open(options: Partial<StreamOptions> = {}) {
    const got: string[] = [];
    const stream = openEventStream(api, {
      socketUrl: `ws://${at}`,
      onEvent: ({ cursor }) => void got.push(cursor),
      ...options,
      timing: { firstWaitMs: 1, maxWaitMs: 5, ...options.timing },
    });
    streams.push(stream);
    return { stream, got };
  }

  return { session, connections, open, ticket };
}
