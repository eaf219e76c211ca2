import type { IncomingMessage, ServerResponse } from "node:http";
import type { Faults } from "#local/stand-in/faults.ts";
import { faultAfter, faultBefore } from "#local/stand-in/inject-faults.ts";
import type { Meter } from "#local/stand-in/meter.ts";
import { readBody } from "#local/stand-in/read-body.ts";
import type { Connection } from "./connection.ts";
import { maxMessageBytes, messageUnits } from "./message-limits.ts";

type Answer = { status: number; error?: string; body?: object };

const operations = new Map([
  ["POST", "PostToConnection"],
  ["GET", "GetConnection"],
  ["DELETE", "DeleteConnection"],
]);

/** Answers `@connections` requests, with or without the stage in front of the path. */
export function createManagementHandler(deps: {
  connections: Map<string, Connection>;
  faults: Faults;
  meter: Meter;
}) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const id = /^(?:\/[\w-]+)?\/@connections\/([^/?]+)/.exec(request.url ?? "")?.[1];
    const operation = operations.get(request.method ?? "");
    if (id === undefined || !operation)
      return send(response, { status: 404, error: "NotFoundException" });
    if (!request.headers.authorization?.startsWith("AWS4-")) {
      return send(response, { status: 403, error: "ForbiddenException" });
    }
    const text = body.toString();
    const fault = await faultBefore(deps.faults, operation, text);
    if (fault === "refuse") return void response.destroy();
    if (fault === "throttle") {
      return send(response, { status: 429, error: "LimitExceededException" });
    }
    const answer = await run(deps, operation, decodeURIComponent(id), body);
    if (faultAfter(deps.faults, operation, text)) return void response.destroy();
    send(response, answer);
  };
}

async function run(
  deps: { connections: Map<string, Connection>; meter: Meter },
  operation: string,
  id: string,
  body: Buffer,
): Promise<Answer> {
  if (operation === "PostToConnection" && body.length > maxMessageBytes) {
    return { status: 413, error: "PayloadTooLargeException" };
  }
  const connection = deps.connections.get(id);
  const socket = connection?.socket;
  if (!connection || socket?.readyState !== socket?.OPEN || !socket) {
    return { status: 410, error: "GoneException" };
  }
  if (operation === "GetConnection") return { status: 200, body: toDescription(connection) };
  if (operation === "DeleteConnection") {
    socket.close(1000, "Connection Closed Normally");
    return { status: 204 };
  }
  const failure = await new Promise<Error | null | undefined>((resolve) => {
    socket.send(body, { binary: false }, resolve);
  });
  if (failure) return { status: 410, error: "GoneException" };
  connection.lastActiveAt = Date.now();
  deps.meter.add("apigateway.websocket-messages", messageUnits(body.length));
  return { status: 200 };
}

function toDescription(connection: Connection) {
  return {
    connectedAt: new Date(connection.connectedAt).toISOString(),
    lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
    identity: { sourceIp: connection.sourceIp, userAgent: connection.userAgent ?? "" },
  };
}

function send(response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.status;
  response.setHeader("content-type", "application/json");
  if (answer.error !== undefined) response.setHeader("x-amzn-errortype", answer.error);
  const body = answer.error === undefined ? answer.body : { message: answer.error };
  response.end(body && JSON.stringify(body));
}
