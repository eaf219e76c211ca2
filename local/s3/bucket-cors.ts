import type { IncomingMessage } from "node:http";
import { corsHeaders, type CorsOptions, isPreflight } from "#local/stand-in/cors.ts";

/** The headers that let a page's script have the answer; none where the bucket's rule does not fit. */
export function bucketCors(
  rules: Record<string, CorsOptions>,
  request: IncomingMessage,
): Record<string, string> {
  const [, bucket = ""] = (request.url ?? "/").split(/[/?]/);
  const rule = rules[bucket];
  if (!rule) return {};
  const preflight = isPreflight(request);
  const { headers } = request;
  const method = preflight ? headers["access-control-request-method"] : request.method;
  if (!rule.allowMethods?.includes(method ?? "")) return {};
  const asked = preflight ? namesIn(headers["access-control-request-headers"]) : [];
  const allowed = (name: string) =>
    rule.allowHeaders?.some((header) => header === "*" || header.toLowerCase() === name);
  if (!asked.every(allowed)) return {};
  // S3 names the headers that were asked for, not those that it would allow.
  return corsHeaders({ ...rule, allowHeaders: asked }, headers.origin, preflight);
}

function namesIn(list = ""): string[] {
  return list
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
}
