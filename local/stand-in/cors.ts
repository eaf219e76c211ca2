import type { IncomingMessage } from "node:http";
import type { PageAccess } from "#shared/resources/page-access.ts";

export type CorsOptions = {
  /** Exact origins, `*`, `http://*` or `https://*`. */
  allowOrigins: string[];
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  allowCredentials?: boolean;
  maxAgeSeconds?: number;
};

/** What the resource table declares, for pages of these origins. */
export function toCors(access: PageAccess, allowOrigins: string[]): CorsOptions {
  return {
    allowOrigins,
    allowMethods: [...access.methods],
    allowHeaders: [...access.headers],
    exposeHeaders: [...access.exposed],
    maxAgeSeconds: access.maxAgeSeconds,
  };
}

/** Whether the server answers the request itself, as it does once CORS is configured. */
export function isPreflight(request: IncomingMessage): boolean {
  return (
    request.method === "OPTIONS" &&
    request.headers.origin !== undefined &&
    request.headers["access-control-request-method"] !== undefined
  );
}

/** Headers for an answer to this origin; none when the origin is not allowed. */
export function corsHeaders(
  cors: CorsOptions,
  origin: string | undefined,
  preflight: boolean,
): Record<string, string> {
  if (origin === undefined || !cors.allowOrigins.some((allowed) => matches(allowed, origin))) {
    return {};
  }
  return {
    "access-control-allow-origin": cors.allowOrigins.includes("*") ? "*" : origin,
    ...(cors.allowCredentials && { "access-control-allow-credentials": "true" }),
    ...list("access-control-expose-headers", cors.exposeHeaders),
    ...(preflight && {
      ...list("access-control-allow-methods", cors.allowMethods),
      ...list("access-control-allow-headers", cors.allowHeaders),
      ...(cors.maxAgeSeconds !== undefined && {
        "access-control-max-age": String(cors.maxAgeSeconds),
      }),
    }),
  };
}

function list(name: string, values: string[] = []): Record<string, string> {
  return values.length > 0 ? { [name]: values.join(",") } : {};
}

function matches(allowed: string, origin: string): boolean {
  if (allowed === "*" || allowed === origin) return true;
  return /^https?:\/\/\*$/.test(allowed) && origin.startsWith(allowed.slice(0, -1));
}
