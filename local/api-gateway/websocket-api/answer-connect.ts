import type { IncomingMessage } from "node:http";
import type { Invoke } from "../invoke.ts";
import type { Connection } from "./connection.ts";
import { toConnectEvent } from "./socket-event.ts";

/** Asks `$connect` whether the client may come in; without such a route everybody may. */
export async function answerConnect(
  deps: { routes: { routeKey: string; lambda: string }[]; invoke: Invoke },
  connection: Connection,
  request: IncomingMessage,
): Promise<{ status: number; protocol?: string }> {
  const route = deps.routes.find(({ routeKey }) => routeKey === "$connect");
  if (!route) return { status: 200 };
  try {
    const event = toConnectEvent(connection, request, Date.now());
    const result = (await deps.invoke(route.lambda, event)) as {
      statusCode?: unknown;
      headers?: Record<string, unknown>;
    } | null;
    const status = Number(result?.statusCode);
    if (!Number.isInteger(status) || status < 100 || status > 599) return { status: 500 };
    const protocol = Object.entries(result?.headers ?? {}).find(
      ([name]) => name.toLowerCase() === "sec-websocket-protocol",
    )?.[1];
    return typeof protocol === "string" ? { status, protocol } : { status };
  } catch {
    return { status: 500 };
  }
}
