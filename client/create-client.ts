import createFetchClient from "openapi-fetch";
import type { Client, Middleware } from "openapi-fetch";
import type { paths } from "./generated/api.ts";
import { idempotentRoutes } from "./generated/idempotent-routes.ts";
import { defaultRetry, idempotencyHeader, retryingFetch } from "./retry.ts";
import type { RetryDeps, RetryOptions } from "./retry.ts";
import { wait } from "./wait.ts";

/** An API key or an access token; a function is asked before each call. */
export type Token = string | (() => string | undefined | Promise<string | undefined>);

export type ClientOptions = {
  /** Where the API is, for example `https://api.example.com`. */
  baseUrl: string;
  token?: Token;
  retry?: Partial<RetryOptions>;
} & Partial<RetryDeps>;

/** `api.GET("/v1/sessions/{sessionId}", { params: { path: { sessionId } } })`, typed by the API's own document. */
export type WafleetClient = Client<paths, Json>;

/** Of what comes in several forms, such as a QR code, the JSON one. */
type Json = "application/json";

export function createClient(options: ClientOptions): WafleetClient {
  const { baseUrl, token } = options;
  const deps: RetryDeps = {
    fetch: options.fetch ?? ((request) => fetch(request)),
    random: options.random ?? Math.random,
    wait: options.wait ?? wait,
    now: options.now ?? Date.now,
  };
  const client = createFetchClient<paths, Json>({
    baseUrl,
    fetch: retryingFetch({ ...defaultRetry, ...options.retry }, deps),
  });
  client.use(prepare(token));
  return client;
}

function prepare(token: Token | undefined): Middleware {
  return {
    async onRequest({ request, schemaPath }) {
      const route = `${request.method} ${schemaPath}`;
      if (idempotentRoutes.has(route) && !request.headers.has(idempotencyHeader)) {
        request.headers.set(idempotencyHeader, crypto.randomUUID());
      }
      const value = typeof token === "function" ? await token() : token;
      if (value !== undefined && !request.headers.has("authorization")) {
        request.headers.set("authorization", `Bearer ${value}`);
      }
      return request;
    },
  };
}
