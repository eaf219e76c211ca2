import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { onTestFinished } from "vitest";
import { type HttpApiOptions, startHttpApi } from "../start-http-api.ts";

type Handler = (event: APIGatewayProxyEventV2, lambda: string) => unknown;

export const routes = [
  { method: "GET", path: "/v1/sessions", lambda: "list" },
  { method: "POST", path: "/v1/sessions", lambda: "create" },
  { method: "GET", path: "/v1/sessions/{id}", lambda: "read" },
  { method: "GET", path: "/v1/sessions/mine", lambda: "mine" },
  { method: "ANY", path: "/files/{proxy+}", lambda: "files" },
];

/** Starts an API whose functions all are `handler`; by default it answers with its own event. */
export async function startTestHttpApi(
  handler: Handler = (event) => event,
  options: Partial<HttpApiOptions> = {},
) {
  const api = await startHttpApi({
    routes,
    invoke: async (lambda, event) => handler(event as APIGatewayProxyEventV2, lambda),
    ...options,
  });
  onTestFinished(() => api.stop());
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${api.endpoint}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  };
  const event = async (path: string, init: RequestInit = {}) =>
    JSON.parse((await call(path, init)).text) as APIGatewayProxyEventV2;
  return { api, call, event };
}
