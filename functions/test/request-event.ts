import { randomUUID } from "node:crypto";
import { routes } from "#shared/routes/table.ts";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

export type RouteName = keyof typeof routes;

export type RequestOptions = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  rawBody?: string;
  token?: string;
  apiKey?: string;
  headers?: Record<string, string>;
  /** The address that asks. */
  ip?: string;
};

/** A request as API Gateway would pass it on, payload format 2.0, through JSON. */
export function requestEvent(name: RouteName, options: RequestOptions): APIGatewayProxyEventV2 {
  const { method, path } = routes[name];
  const { params, query, token, apiKey } = options;
  const rawPath = path.replaceAll(/\{(\w+)\}/g, (_, param: string) => params?.[param] ?? "");
  const body =
    options.rawBody ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const rawQueryString = new URLSearchParams(query).toString();
  const headers = {
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(apiKey !== undefined && { "x-api-key": apiKey }),
    ...options.headers,
  };
  const routeKey = `${method} ${path}`;
  const event = {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString,
    headers,
    queryStringParameters: query,
    pathParameters: params,
    requestContext: {
      routeKey,
      requestId: randomUUID(),
      stage: "$default",
      http: {
        method,
        path: rawPath,
        protocol: "HTTP/1.1",
        sourceIp: options.ip ?? "127.0.0.1",
        userAgent: "",
      },
    },
    body,
    isBase64Encoded: false,
  };
  return JSON.parse(JSON.stringify(event)) as APIGatewayProxyEventV2;
}
