import { once } from "node:events";
import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { expect, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { dummyCredentials } from "#local/stand-in/dummy-credentials.ts";
import { startWebSocketApi, type WebSocketApiOptions } from "../start-websocket-api.ts";

type Event = {
  requestContext: Record<string, unknown> & { connectionId: string; routeKey: string };
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  queryStringParameters?: Record<string, string>;
  multiValueQueryStringParameters?: Record<string, string[]>;
  body?: string;
  isBase64Encoded: boolean;
};

type Handler = (event: Event) => unknown;

export const accept: Handler = () => ({ statusCode: 200 });

/** An API whose functions are the handlers, by route; it accepts everybody unless told otherwise. */
export async function startTestSocketApi(
  handlers: Record<string, Handler> = {},
  options: Partial<WebSocketApiOptions> = {},
) {
  const all: Record<string, Handler> = { $connect: accept, $disconnect: accept, ...handlers };
  const events: Event[] = [];
  const api = await startWebSocketApi({
    routes: Object.keys(all).map((routeKey) => ({ routeKey, lambda: routeKey })),
    routeSelectionExpression: "$request.body.action",
    invoke: async (lambda, event) => {
      events.push(event as Event);
      return all[lambda]?.(event as Event);
    },
    ...options,
  });
  const management = new ApiGatewayManagementApiClient({
    endpoint: api.managementEndpoint,
    region: "us-east-1",
    credentials: dummyCredentials,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    management.destroy();
    await api.stop();
  });
  const seen = (routeKey: string) =>
    events.filter((event) => event.requestContext.routeKey === routeKey);
  const seenOnce = (routeKey: string) =>
    expect
      .poll(() => seen(routeKey).length)
      .toBe(1)
      .then(() => seen(routeKey)[0] as Event);
  const post = (ConnectionId: string, Data: string | Buffer) =>
    management.send(new PostToConnectionCommand({ ConnectionId, Data }));
  return { api, management, events, seen, seenOnce, post };
}

export function dial(
  url: string,
  protocols?: string[],
  headers?: Record<string, string>,
): WebSocket {
  const socket = new WebSocket(url, protocols ?? [], headers ? { headers } : {});
  onTestFinished(() => {
    // A refused socket complains about being ended before it was open.
    socket.on("error", () => {});
    socket.terminate();
  });
  return socket;
}

export async function connect(url: string): Promise<WebSocket> {
  const socket = dial(url);
  await once(socket, "open");
  return socket;
}

export const nextText = async (socket: WebSocket) =>
  String(((await once(socket, "message")) as [Buffer, boolean])[0]);
export const closeCode = async (socket: WebSocket) =>
  ((await once(socket, "close")) as [number])[0];
