import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { createClient } from "../create-client.ts";
import type { ClientOptions } from "../create-client.ts";

/** What the server does with one request; `cut` closes the connection without an answer. */
export type Scripted = "cut" | { status: number; headers?: Record<string, string>; body?: unknown };

/** An API that answers as it is told, the last answer for good, and a client that waits no time. */
export async function startApi(script: Scripted[], options: Partial<ClientOptions> = {}) {
  const requests: { method: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const waits: number[] = [];
  const server = createServer();
  server.on("request", (request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const turn = script[Math.min(requests.length, script.length - 1)];
    requests.push({ method: request.method ?? "", headers: request.headers, body });
    if (turn === undefined || turn === "cut") {
      response.destroy();
      return;
    }
    const problem = turn.status >= 400 ? "application/problem+json" : "application/json";
    response.writeHead(turn.status, { "content-type": problem, ...turn.headers });
    response.end(turn.body === undefined ? "" : JSON.stringify(turn.body));
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const api = createClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    random: () => 1,
    wait: async (ms) => void waits.push(ms),
    ...options,
  });
  return { api, requests, waits };
}
