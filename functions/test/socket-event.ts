import { randomUUID } from "node:crypto";
import type { SocketEvent } from "#functions/socket/socket-event.ts";

/** An event of the WebSocket API, as API Gateway would pass it on. */
export function socketEvent(
  routeKey: string,
  connectionId: string,
  more: { body?: string; query?: Record<string, string>; headers?: Record<string, string> } = {},
): SocketEvent {
  const eventType = { $connect: "CONNECT", $disconnect: "DISCONNECT" }[routeKey] ?? "MESSAGE";
  const event = {
    requestContext: { routeKey, eventType, connectionId, requestId: randomUUID() },
    body: more.body,
    queryStringParameters: more.query,
    headers: more.headers,
    isBase64Encoded: false,
  };
  return JSON.parse(JSON.stringify(event)) as SocketEvent;
}
