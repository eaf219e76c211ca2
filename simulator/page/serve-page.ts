import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";

const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

const names = [
  "page.css",
  "phone.css",
  "page.js",
  "control.js",
  "element.js",
  "problem.js",
  "phone-view.js",
  "chat-list.js",
  "conversation.js",
  "devices.js",
];

const files = new Map([
  ["/", "index.html"],
  ...names.map((name) => [`/page/${name}`, name] as const),
]);

const typeOf = (name: string): string => types[name.split(".").at(-1) ?? ""] ?? "text/plain";

const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/** Answers a request for the page or one of its files; false when it is for something else. */
export const servePage = (request: IncomingMessage, response: ServerResponse): boolean => {
  const [path = "/"] = (request.url ?? "/").split("?");
  const name = files.get(path);
  if (name === undefined || request.method !== "GET") return false;
  const body = readFileSync(new URL(name, import.meta.url));
  response.writeHead(200, { ...headers, "content-type": typeOf(name) });
  response.end(body);
  return true;
};
