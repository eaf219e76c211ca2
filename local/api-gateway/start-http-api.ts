import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { throughJson } from "#local/lambda/through-json.ts";
import { createFaults, type Faults } from "#local/stand-in/faults.ts";
import { startHttpServer } from "#local/stand-in/http-server.ts";
import { faultAfter, faultBefore } from "#local/stand-in/inject-faults.ts";
import { createMeter, type Meter } from "#local/stand-in/meter.ts";
import type { StandIn } from "#local/stand-in/stand-in.ts";
import { corsHeaders, type CorsOptions, isPreflight } from "#local/stand-in/cors.ts";
import { gatewayResponse, type HttpResponse, toHttpResponse } from "./http-api/lambda-response.ts";
import { readLimitedBody } from "./http-api/read-limited-body.ts";
import { toRequestEvent } from "./http-api/request-event.ts";
import { findRoute, type HttpRoute, type RouteMatch } from "./http-api/route-table.ts";
import type { Invoke } from "./invoke.ts";

export type HttpApiOptions = {
  port?: number;
  routes: HttpRoute[];
  invoke: Invoke;
  cors?: CorsOptions;
  meter?: Meter;
  /** The operation of a fault rule is the route key, for example `POST /v1/messages`. */
  faults?: Faults;
  /** The service allows 30 s. */
  integrationTimeoutMs?: number;
};

const maxPayloadBytes = 10 * 1024 * 1024;
const billedBytes = 512 * 1024;
const timedOut = Symbol("integration timed out");

/** A local API Gateway HTTP API in front of Lambda functions, payload format 2.0. */
export async function startHttpApi(options: HttpApiOptions): Promise<StandIn> {
  const meter = options.meter ?? createMeter();
  const faults = options.faults ?? createFaults();

  async function answer(request: IncomingMessage): Promise<HttpResponse | undefined> {
    if (options.cors && isPreflight(request)) {
      meter.add("apigateway.http-requests");
      return { status: 204, headers: {}, body: Buffer.alloc(0) };
    }
    const body = await readLimitedBody(request, maxPayloadBytes);
    const units = Math.max(1, Math.ceil((body?.length ?? maxPayloadBytes) / billedBytes));
    if (!body) {
      meter.add("apigateway.http-requests", units);
      return gatewayResponse(413, "Request Entity Too Large");
    }
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const match = findRoute(options.routes, request.method ?? "GET", path);
    const operation = match?.routeKey ?? "";
    const fault = await faultBefore(faults, operation, body.toString());
    if (fault === "refuse") return undefined;
    if (fault === "throttle") return gatewayResponse(429, "Too Many Requests");
    meter.add("apigateway.http-requests", units);
    if (!match) return gatewayResponse(404, "Not Found");
    const response = await integrate(options, request, match, body);
    return faultAfter(faults, operation, body.toString()) ? undefined : response;
  }

  const server = await startHttpServer(async (request, response) => {
    const result = await answer(request);
    if (!result) {
      response.destroy();
      return;
    }
    const cors = options.cors
      ? corsHeaders(options.cors, request.headers.origin, isPreflight(request))
      : undefined;
    send(response, result, cors);
  }, options.port);
  const stop = () => server.stop();
  return { endpoint: server.endpoint, faults, meter, stop, [Symbol.asyncDispose]: stop };
}

async function integrate(
  options: HttpApiOptions,
  request: IncomingMessage,
  match: RouteMatch,
  body: Buffer,
): Promise<HttpResponse> {
  const event = toRequestEvent(request, match, body, Date.now());
  const timeout = Promise.withResolvers<typeof timedOut>();
  const timer = setTimeout(timeout.resolve, options.integrationTimeoutMs ?? 30_000, timedOut);
  try {
    const invocation = options.invoke(match.route.lambda, throughJson(event));
    const result = await Promise.race([invocation, timeout.promise]);
    if (result === timedOut) return gatewayResponse(503, "Service Unavailable");
    return toHttpResponse(throughJson(result)) ?? gatewayResponse(500, "Internal Server Error");
  } catch {
    return gatewayResponse(500, "Internal Server Error");
  } finally {
    clearTimeout(timer);
  }
}

/** With CORS configured the gateway's headers replace whatever the function said about CORS. */
function send(
  response: ServerResponse,
  result: HttpResponse,
  cors: Record<string, string> | undefined,
): void {
  const kept = Object.entries(result.headers).filter(
    ([name]) => !cors || !name.startsWith("access-control-"),
  );
  // RFC 9110 forbids a length on 204, and Node would complain about a body on it.
  const length = result.status === 204 ? {} : { "content-length": result.body.length };
  response.writeHead(result.status, {
    ...Object.fromEntries(kept),
    ...cors,
    ...length,
    "apigw-requestid": randomBytes(11).toString("base64"),
  });
  response.end(result.body);
}
