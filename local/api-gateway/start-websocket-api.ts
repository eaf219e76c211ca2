import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type VerifyClientCallbackAsync, type WebSocket, WebSocketServer } from "ws";
import { throughJson } from "#local/lambda/through-json.ts";
import { createFaults, type Faults } from "#local/stand-in/faults.ts";
import { startHttpServer } from "#local/stand-in/http-server.ts";
import { createMeter, type Meter } from "#local/stand-in/meter.ts";
import type { StandIn } from "#local/stand-in/stand-in.ts";
import type { Invoke } from "./invoke.ts";
import type { Connection } from "./websocket-api/connection.ts";
import { answerConnect } from "./websocket-api/answer-connect.ts";
import { createManagementHandler } from "./websocket-api/management-api.ts";
import { maxMessageBytes } from "./websocket-api/message-limits.ts";
import { serveConnection } from "./websocket-api/serve-connection.ts";
import type { SocketRoute } from "./websocket-api/socket-route.ts";
import { newId } from "./websocket-api/socket-event.ts";

export type WebSocketApiOptions = {
  port?: number;
  managementPort?: number;
  routes: SocketRoute[];
  /** For example `$request.body.action`. */
  routeSelectionExpression: string;
  invoke: Invoke;
  meter?: Meter;
  /** For the management API, by operation: `PostToConnection`, `GetConnection`, `DeleteConnection`. */
  faults?: Faults;
  /** The service closes a connection after 10 minutes without a message. */
  idleTimeoutMs?: number;
  /** The service closes every connection after 2 hours. */
  maxConnectionMs?: number;
};

export type LocalWebSocketApi = StandIn & {
  /** What clients connect to. */
  url: string;
  /** `endpoint` for the SDK's ApiGatewayManagementApi client. */
  managementEndpoint: string;
};

/** A local API Gateway WebSocket API with its management API. */
export async function startWebSocketApi(options: WebSocketApiOptions): Promise<LocalWebSocketApi> {
  const meter = options.meter ?? createMeter();
  const faults = options.faults ?? createFaults();
  const connections = new Map<string, Connection>();
  const accepted = new WeakMap<IncomingMessage, { connection: Connection; protocol?: string }>();
  const running = new Set<Promise<void>>();
  const run = {
    routes: options.routes,
    invoke: async (lambda: string, event: unknown) =>
      throughJson(await options.invoke(lambda, throughJson(event))),
    /** Keeps hold of work that nobody waits for, so that the end can. */
    track(work: Promise<void>) {
      running.add(work);
      void work.finally(() => running.delete(work));
    },
  };

  const verifyClient: VerifyClientCallbackAsync = ({ req }, decide) => {
    const connection = newConnection(req);
    const verify = async () => {
      const answer = await answerConnect(run, connection, req);
      if (answer.status < 200 || answer.status > 299) return decide(false, answer.status);
      accepted.set(req, {
        connection,
        ...(answer.protocol !== undefined && { protocol: answer.protocol }),
      });
      decide(true);
    };
    run.track(verify());
  };
  const sockets = new WebSocketServer({
    port: options.port ?? 0,
    host: "127.0.0.1",
    maxPayload: maxMessageBytes,
    verifyClient,
    handleProtocols: (_offered, request) => accepted.get(request)?.protocol ?? false,
  });
  sockets.on("connection", (socket: WebSocket, request: IncomingMessage) => {
    const connection = accepted.get(request)?.connection;
    if (!connection) return socket.terminate();
    meter.add("apigateway.connections");
    serveConnection({ ...run, options, meter, connections }, connection, socket, request.socket);
  });
  await once(sockets, "listening");
  const management = await startHttpServer(
    createManagementHandler({ connections, faults, meter }),
    options.managementPort,
  );

  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= close(sockets, running).then(() => management.stop()));
  return {
    url: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`,
    endpoint: management.endpoint,
    managementEndpoint: management.endpoint,
    faults,
    meter,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function newConnection(request: IncomingMessage): Connection {
  const now = Date.now();
  return {
    id: newId(),
    connectedAt: now,
    lastActiveAt: now,
    sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
    userAgent: request.headers["user-agent"],
    domainName: request.headers.host ?? "localhost",
  };
}

/** `$disconnect` is still delivered for every client, while the management API is there. */
async function close(sockets: WebSocketServer, running: Set<Promise<void>>): Promise<void> {
  const closed = [...sockets.clients].map((socket) => once(socket, "close"));
  const ended = new Promise((resolve) => sockets.close(resolve));
  for (const socket of sockets.clients) socket.terminate();
  await Promise.all(closed);
  while (running.size > 0) await Promise.allSettled(running);
  await ended;
}
