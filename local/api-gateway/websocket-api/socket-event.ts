import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { toRequestTime } from "../request-time.ts";
import type { Connection } from "./connection.ts";

type EventType = "CONNECT" | "MESSAGE" | "DISCONNECT";

/** The part of the event that every kind has. */
function requestContext(connection: Connection, routeKey: string, type: EventType, now: number) {
  return {
    routeKey,
    eventType: type,
    extendedRequestId: newId(),
    requestTime: toRequestTime(now),
    messageDirection: "IN",
    stage: "local",
    connectedAt: connection.connectedAt,
    requestTimeEpoch: now,
    identity: {
      ...(connection.userAgent !== undefined && { userAgent: connection.userAgent }),
      sourceIp: connection.sourceIp,
    },
    requestId: newId(),
    domainName: connection.domainName,
    connectionId: connection.id,
    apiId: "local",
  };
}

/** The `$connect` event carries the handshake: headers and query, each once and as lists. */
export function toConnectEvent(connection: Connection, request: IncomingMessage, now: number) {
  const headers = headerPairs(request);
  const query = [...new URLSearchParams((request.url ?? "").split("?")[1] ?? "")];
  return {
    headers: Object.fromEntries(headers),
    multiValueHeaders: gather(headers),
    ...(query.length > 0 && {
      queryStringParameters: Object.fromEntries(query),
      multiValueQueryStringParameters: gather(query),
    }),
    requestContext: requestContext(connection, "$connect", "CONNECT", now),
    isBase64Encoded: false,
  };
}

export function toMessageEvent(
  connection: Connection,
  routeKey: string,
  message: { data: Buffer; isBinary: boolean },
  now: number,
) {
  return {
    requestContext: {
      ...requestContext(connection, routeKey, "MESSAGE", now),
      messageId: newId(),
    },
    body: message.data.toString(message.isBinary ? "base64" : "utf8"),
    isBase64Encoded: message.isBinary,
  };
}

export function toDisconnectEvent(
  connection: Connection,
  close: { code: number; reason: string },
  now: number,
) {
  const headers = { Host: connection.domainName, "x-api-key": "", "X-Forwarded-For": "" };
  return {
    headers,
    multiValueHeaders: gather(Object.entries(headers)),
    requestContext: {
      ...requestContext(connection, "$disconnect", "DISCONNECT", now),
      disconnectStatusCode: close.code,
      disconnectReason: close.reason,
    },
    isBase64Encoded: false,
  };
}

/** Header names keep the case in which the client sent them. */
function headerPairs(request: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? "";
    if (!/^(connection|upgrade)$/i.test(name))
      pairs.push([name, request.rawHeaders[index + 1] ?? ""]);
  }
  pairs.push(["X-Forwarded-For", request.socket.remoteAddress ?? "127.0.0.1"]);
  pairs.push(["X-Forwarded-Proto", "http"]);
  return pairs;
}

function gather(pairs: [string, string][]): Record<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries(lists);
}

/** Sixteen characters that end in `=`, like the service's own: they have to be encoded in a URL. */
export function newId(): string {
  return randomBytes(11).toString("base64").replaceAll("/", "_").replaceAll("+", "-");
}
