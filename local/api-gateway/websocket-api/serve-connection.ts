import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Meter } from "#local/stand-in/meter.ts";
import type { Invoke } from "../invoke.ts";
import type { Connection } from "./connection.ts";
import { createFrameSizes } from "./frame-sizes.ts";
import { maxFrameBytes, messageUnits } from "./message-limits.ts";
import { selectRoute } from "./select-route.ts";
import type { SocketRoute } from "./socket-route.ts";
import { newId, toDisconnectEvent, toMessageEvent } from "./socket-event.ts";

type Deps = {
  routes: SocketRoute[];
  invoke: Invoke;
  track(work: Promise<void>): void;
  meter: Meter;
  connections: Map<string, Connection>;
  options: { routeSelectionExpression: string; idleTimeoutMs?: number; maxConnectionMs?: number };
};

/** Lives as long as one client: routes its messages and reports its end. */
export function serveConnection(
  deps: Deps,
  connection: Connection,
  socket: WebSocket,
  bytes: Duplex,
): void {
  const idleMs = deps.options.idleTimeoutMs ?? 10 * 60_000;
  connection.socket = socket;
  deps.connections.set(connection.id, connection);

  let refused = false;
  const frameSizes = createFrameSizes((payloadBytes) => {
    if (payloadBytes <= maxFrameBytes || refused) return;
    refused = true;
    socket.close(1009, "Frame is too large");
  });
  // First in line, so that a frame is refused before the library hands its message out.
  bytes.prependListener("data", frameSizes);

  const lifetime = setTimeout(
    () => socket.close(1001, "Going away"),
    deps.options.maxConnectionMs ?? 2 * 60 * 60_000,
  );
  let idle: NodeJS.Timeout | undefined;
  const checkIdle = () => {
    const left = connection.lastActiveAt + idleMs - Date.now();
    if (left > 0) idle = setTimeout(checkIdle, left);
    else socket.close(1001, "Going away");
  };
  checkIdle();

  socket.on("message", (data: Buffer, isBinary) => {
    if (refused) return;
    connection.lastActiveAt = Date.now();
    deps.meter.add("apigateway.websocket-messages", messageUnits(data.length));
    deps.track(answerMessage(deps, connection, socket, { data, isBinary }));
  });
  // The library closes the socket by itself after a protocol error.
  socket.on("error", () => {});
  socket.once("close", (code, reason) => {
    clearTimeout(lifetime);
    clearTimeout(idle);
    deps.connections.delete(connection.id);
    deps.track(reportEnd(deps, connection, { code, reason: reason.toString() }));
  });
}

async function answerMessage(
  deps: Deps,
  connection: Connection,
  socket: WebSocket,
  message: { data: Buffer; isBinary: boolean },
): Promise<void> {
  const routeKey = selectRoute(
    deps.options.routeSelectionExpression,
    deps.routes.map((route) => route.routeKey),
    message.data.toString(),
  );
  const route = deps.routes.find((candidate) => candidate.routeKey === routeKey);
  if (!route || routeKey === undefined) return sendError(socket, connection, "Forbidden");
  try {
    const event = toMessageEvent(connection, routeKey, message, Date.now());
    const result = (await deps.invoke(route.lambda, event)) as { body?: unknown } | null;
    if (route.routeResponse && typeof result?.body === "string") socket.send(result.body);
  } catch {
    sendError(socket, connection, "Internal server error");
  }
}

async function reportEnd(
  deps: Deps,
  connection: Connection,
  close: { code: number; reason: string },
): Promise<void> {
  const route = deps.routes.find(({ routeKey }) => routeKey === "$disconnect");
  if (!route) return;
  // Best effort, as at the service: nobody is there to be told about a failure.
  await deps.invoke(route.lambda, toDisconnectEvent(connection, close, Date.now())).catch(() => {});
}

function sendError(socket: WebSocket, connection: Connection, message: string): void {
  socket.send(JSON.stringify({ message, connectionId: connection.id, requestId: newId() }));
}
